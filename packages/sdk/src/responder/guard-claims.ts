import { foldDigits } from './digits.ts'
import { hasAny, sentencesOf } from './phrases.ts'

/**
 * Whether a model's own words say that something was ordered, paid, booked, cancelled, sent or granted. No tool of the
 * assistant does any of that, so there never is an event that would make it true.
 */
export function claimsCommit(text: string): boolean {
  const lower = text.normalize('NFKC').toLowerCase()
  if (
    /(?<!\p{L})(?:confirmé|cancelé|anulé|reservé|envié|pagué|cobré|apliqué|procesé|agendé|realicé|tramité|hice|reembolsé)(?!\p{L})/u.test(
      lower,
    )
  )
    return true
  return sentencesOf(text).some(
    (sentence) =>
      isDone(sentence) ||
      saysSo(sentence) ||
      arabicClaim.test(sentence) ||
      (isSettled(sentence) && isAboutDeal(sentence)),
  )
}

/** Whether a model's own words name a day, or promise when something comes. Opening hours are none. */
export function statesDate(text: string): boolean {
  const folded = foldDigits(text.normalize('NFKC'))
  if (dates.some((pattern) => pattern.test(folded))) return true
  return sentencesOf(text).some(
    (sentence) =>
      spans.test(sentence) ||
      (/\d/.test(sentence) && isMonth(sentence)) ||
      (isComing(sentence) && (isWhen(sentence) || /\d/.test(sentence))),
  )
}

const isSettled = hasAny(`
  confirmed, placed, ordered, booked, cancelled, canceled, refunded, shipped, dispatched, delivered, paid, charged,
  reserved, processed, completed, approved, submitted, scheduled, applied, finalized, finalised, preparing, being prepared,
  on its way, on the way, out for delivery, went through, guaranteed, locked in, secured,
  confirmado, confirmada, confirmados, realizado, realizada, hecho, hecha, reservado, reservada, cancelado, cancelada,
  anulado, anulada, reembolsado, reembolsada, enviado, enviada, despachado, despachada, entregado, entregada, pagado,
  pagada, cobrado, cobrada, procesado, procesada, completado, completada, aprobado, aprobada, agendado, agendada,
  aplicado, aplicada, tramitado, tramitada, garantizado, garantizada, en camino,
  feito, feita, entregue, processado, processada, concluido, concluida, aprovado, aprovada, finalizado,
  finalizada, garantido, garantida, a caminho`)

const isAboutDeal = hasAny(`
  order, orders, purchase, payment, booking, appointment, reservation, refund, delivery, package, parcel, transaction,
  money, card, it, i, we, everything, all, you, your, successfully, now,
  pedido, pedidos, compra, pago, reserva, cita, reembolso, envio, paquete, orden, dinero, tarjeta, he, hemos, ha sido,
  ya, todo, ha, se, tu, su, queda, esta,
  pagamento, agendamento, encomenda, pacote, ja, foi, tudo, eu, cartao, seu, sua, ficou`)

const saysSo = hasAny(`
  i ordered, i have ordered, i placed, i booked, i cancelled, i canceled, i refunded, i paid, i charged, i confirmed,
  we confirmed, order confirmed, order placed, payment received, purchase complete, order complete, thank you for your order,
  thanks for your order, thank you for your purchase, i have confirmed, ordered for you, booked for you,
  pedido confirmado, compra realizada, gracias por tu compra, gracias por su compra, gracias por tu pedido,
  gracias por su pedido, pago recibido, foi pago, foi paga, esta pago, esta paga, confirmei, cancelei, reservei, enviei, paguei, apliquei, processei, agendei,
  reembolsei, finalizei, obrigado pela compra, obrigada pela compra, obrigado pelo pedido, pagamento recebido,
  شكرا لطلبك, شكرا على طلبك, طلبك مؤكد, الطلب مؤكد, في الطريق اليك, في طريقه, وصلنا الدفع, اكدت طلب, الغيت طلب, حجزت لك`)

const doneWords: readonly string[] = [
  'done',
  'all set',
  'confirmed',
  'listo',
  'hecho',
  'confirmado',
  'ya esta',
  'feito',
  'tudo certo',
  'esta pronto',
  'tudo pronto',
  'تم',
  'تم الامر',
  'موكد',
]

/** A short sentence that says no more than that it is done, or ends so. */
function isDone(sentence: string): boolean {
  const isShort = sentence.trim().split(' ').length <= 6
  return isShort && doneWords.some((word) => sentence.endsWith(` ${word} `))
}

// "Was done" with a noun of commitment; the noun may have an article or a pronoun.
const arabicClaim =
  /(?:^| )(?:و|ف)?(?:تم|تمت|قمت|قمنا|لقد) (?:\S+ ){0,2}?\S*(?:تاكيد|الغاء|حجز|شحن|دفع|استرداد|استرجاع|توصيل|تسليم|تنفيذ|قبول|اتمام|تقديم|طلب|ارسال|خصم|سداد)/u

const dates: readonly RegExp[] = [
  /(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)/u,
  /(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)/u,
  /(?<!\d)\d{1,2}[/.]\d{1,2}(?![\d:])/u,
  /(?:march|may)\s\d|\d(?:st|nd|rd|th)?\s(?:of\s)?(?:march|may)/iu,
  /(?<!\d)(?:19|20)\d{2}(?!\d)/u,
]

const spans =
  /(?:\d+|two|three|four|five|seven|ten|dos|tres|cuatro|cinco|siete|diez|dois|duas|quatro|sete|dez|few|couple|pocos|poucos|unos|uns) (?:\S+ )?(?:minutes?|mins?|hours?|days?|weeks?|months?|minutos?|horas?|dias?|semanas?|meses|mes|دقيقه|دقائق|ساعه|ساعات|يوم|ايام|اسبوع|اسابيع|شهر)(?= )/u

const isMonth = hasAny(`
  january, february, april, june, july, august, september, october, november, december,
  enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, setiembre, octubre, noviembre, diciembre,
  janeiro, fevereiro, marco, maio, junho, julho, setembro, outubro, novembro, dezembro,
  يناير, فبراير, مارس, ابريل, مايو, يونيو, يوليو, اغسطس, سبتمبر, اكتوبر, نوفمبر, ديسمبر, رمضان`)

const isWhen = hasAny(`
  today, tomorrow, tonight, soon, shortly, monday, tuesday, wednesday, thursday, friday, saturday, sunday, morning, next week,
  hoy, manana, esta noche, pronto, lunes, martes, miercoles, jueves, viernes, sabado, domingo, proxima semana,
  hoje, amanha, logo, em breve, segunda, terca, quarta, quinta, sexta, proxima semana,
  اليوم, غدا, بكره, الليله, قريبا, الاثنين, الثلاثاء, الاربعاء, الخميس, الجمعه, السبت, الاحد`)

const isComing = hasAny(`
  arrive, arrives, arriving, will be delivered, will ship, ships, be ready, is ready, deliver it, get it, receive it,
  receive your, get your order, reach you, delivery by,
  llega, llegara, llegar, entregaremos, se entrega, entregara, estara listo, estara lista, recibiras, recibira, enviaremos,
  chega, chegara, chegar, entregaremos, sera entregue, ficara pronto, ficara pronta, recebera, enviaremos,
  يصل, سيصل, تصل, ستصل, نوصل, سنوصل, جاهز, تستلم, ستستلم`)
