import { currencyCodes } from '../kernel/index.ts'
import { foldDigits } from './digits.ts'
import { hasAny, sentencesOf } from './phrases.ts'

/**
 * Whether a model's own words state an amount, a discount or a number of units left. Those reach the customer through
 * our renderer only, so even a right one is refused. English, Spanish, Portuguese and Arabic; digits of every script.
 */
export function statesAmount(text: string): boolean {
  const folded = foldDigits(text.normalize('NFKC'))
    .replaceAll('\u066B', '.')
    .replaceAll('\u066C', ',')
  if (figures.some((pattern) => pattern.test(folded))) return true
  return sentencesOf(text).some((sentence) => {
    const hasNumber = /\d/.test(sentence) || hasNumberWord(sentence)
    return isGift(sentence) || (hasNumber && (isAboutMoney(sentence) || isAboutStock(sentence)))
  })
}

const units =
  'ml|cl|dl|l|litros?|litres?|liters?|mg|g|gr|kg|gramos?|gramas?|grams?|mm|cm|m|km|in|inch|gb|tb|mb|mah|w|v|kcal|cal|مل|غ|جرام|كجم|سم'

const figures: readonly RegExp[] = [
  /\p{Sc}/u,
  // Signs of currencies that are letters, as Intl writes them.
  /\d\s*\p{Script=Arabic}{1,3}\.\s?\p{Script=Arabic}|\p{Script=Arabic}\.\s?\p{Script=Arabic}{1,3}\.?\s*\d/u,
  /(?<!\p{L})(?:S\/\.?|Q|Bs\.?|Rs\.?|kr\.?|zł|Kč|Ft|lei|Gs\.?|Bs\.?[SDF]|Rp|RM|Kz|F?\s?CFA|CFPF|RD|Cg)\s*\d|\d\s*(?:Bs|Rs|kr|zł|Kč|Ft|lei|Gs|F?\s?CFA|CFPF)(?!\p{L})/iu,
  /(?<![\d:])\d+[.,]\d{1,3}(?!\d|:)/u,
  /\d\s*(?:%|\u066A|‰)/u,
  new RegExp(String.raw`(?<![\p{L}\d:])\d{3,}(?!\s?(?:${units})(?!\p{L}))`, 'iu'),
  /(?<!\d)\d{1,3}(?:[ \u00A0\u202F'’]\d{3})+(?!\d)/u,
  new RegExp(
    String.raw`(?:\d\s?(?:${currencyCodes.join('|')})|(?:${currencyCodes.join('|')})\s?\d)(?![\p{L}])`,
    'u',
  ),
]

const hasNumberWord = hasAny(`
  two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, fifteen, twenty, thirty, forty, fifty, sixty,
  seventy, eighty, ninety, hundred, thousand, million, dozen, half, couple,
  dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, doce, quince, veinte, treinta, cuarenta, cincuenta,
  sesenta, setenta, ochenta, noventa, cien, ciento, mil, millon, docena, mitad, medio,
  dois, duas, quatro, sete, oito, nove, dez, onze, doze, quinze, vinte, trinta, quarenta, cinquenta, sessenta, oitenta,
  cem, cento, milhao, duzia, metade, meio,
  اثنان, اثنين, ثلاث, اربع, خمس, ست, سبع, ثمان, تسع, عشر, مئه, ميه, مائه, الف, نصف, مليون`)

const isAboutMoney = hasAny(`
  price, prices, priced, cost, costs, costing, total, totals, pay, pays, charge, charges, charged, fee, worth, amount,
  euro, euros, dollar, dollars, cent, cents, pound, pounds, bucks, quid, usd, eur, percent, percentage,
  precio, precios, cuesta, cuestan, costar, costara, vale, valen, importe, pagar, pagas, paga, cobrar, cobramos, tarifa,
  dolar, dolares, peso, pesos, centavo, centavos, sol, soles, por ciento, libras,
  preco, precos, custa, custam, custo, custar, valor, pagamento, taxa, real, reais, por cento,
  سعر, ثمن, تكلف, كلف, اجمالي, مجموع, تدفع, ادفع, رسوم, ريال, درهم, دينار, جنيه, ليره, بيزو, روبيه, دولار, يورو, بالمئه, بالمائه`)

const isAboutStock = hasAny(`
  left, remaining, in stock, quedan, queda, en stock, restam, resta, em estoque, sobraram, متبقي, متبقيه, في المخزون`)

const isGift = hasAny(`
  for free, free of charge, is free, are free, free delivery, free shipping, free gift, no charge, no cost, on the house,
  discount, discounts, discounted, half price, coupon, voucher, cashback, rebate, percent off, special offer,
  gratis, gratuito, gratuita, gratuitos, gratuitas, sin cargo, sin coste, sin costo, descuento, descuentos, rebaja,
  cupon, oferta especial, regalo, de regalo, a mitad de precio,
  de graca, sem custo, sem cobranca, desconto, descontos, cupom, brinde, oferta especial, metade do preco,
  مجان, خصم, تخفيض, بدون مقابل, قسيمه, هديه, عرض خاص`)
