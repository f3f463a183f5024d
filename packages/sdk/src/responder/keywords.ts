/** What a typed text may ask for. */
export type Intent = 'person' | 'status' | 'browse' | 'menu' | 'thanks' | 'yes' | 'no'

/** An intent; `exact` when the text says nothing else. */
export interface Match {
  readonly intent: Intent
  readonly exact: boolean
}

/**
 * The words of each intent, one line per language: English, Spanish, Portuguese, Arabic. Earlier intents win, so that
 * "where is my order" asks for a status and not for the catalog.
 */
const words: readonly (readonly [Intent, readonly string[]])[] = [
  [
    'person',
    [
      'person, human, agent, someone, representative, operator, staff, support, help me, complaint',
      'persona, humano, agente, alguien, asesor, asesora, operador, soporte, queja, reclamo',
      'pessoa, atendente, alguem, suporte, reclamacao, falar com',
      'شخص, موظف, إنسان, خدمة العملاء, ممثل, شكوى, دعم',
    ],
  ],
  [
    'status',
    [
      'status, my order, my orders, where is, track, tracking, order status',
      'estado, mi pedido, mis pedidos, donde esta, seguimiento, rastrear',
      'meu pedido, meus pedidos, onde esta, situacao, rastreio, rastreamento',
      'حالة, طلبي, طلباتي, أين, تتبع, حالة الطلب',
    ],
  ],
  [
    'browse',
    [
      'order, buy, shop, browse, catalog, catalogue, products, price, prices, list, items',
      'pedir, comprar, pedido, catalogo, productos, precio, precios, lista, quiero, carta',
      'produtos, preco, precos, quero, encomendar, cardapio, loja',
      'طلب, شراء, اشتري, المنتجات, منتجات, السعر, أسعار, الأسعار, تسوق, كتالوج, أريد',
    ],
  ],
  [
    'menu',
    [
      'menu, start, hi, hello, hey, good morning, good afternoon, good evening, options, help',
      'hola, buenas, buenos dias, buenas tardes, buenas noches, inicio, opciones, ayuda',
      'ola, oi, bom dia, boa tarde, boa noite, opcoes, ajuda',
      'مرحبا, أهلا, السلام عليكم, سلام, صباح الخير, مساء الخير, القائمة, قائمة, مساعدة, ابدأ',
    ],
  ],
  [
    'thanks',
    [
      'thanks, thank you, thx',
      'gracias, muchas gracias',
      'obrigado, obrigada, valeu',
      'شكرا, شكرا جزيلا',
    ],
  ],
]

const yes = phrasesOf([
  'yes, y, yes please, ok, okay, confirm',
  'si, claro, confirmar, confirmo',
  'sim',
  'نعم, أجل, موافق, أؤكد, تأكيد',
])
const no = phrasesOf(['no, n, nope, cancel, no thanks', 'cancelar, no gracias', 'nao', 'لا, إلغاء'])

const phrases = words.map(([intent, lines]) => [intent, phrasesOf(lines)] as const)

/** Words that ask for a person wherever they stand in a sentence. */
const askingForPerson = phrasesOf([
  'human, representative, help me, need help, need support, customer service, customer support, complaint',
  'humano, asesor, asesora, hablar con, necesito ayuda, queja, reclamo',
  'atendente, falar com, preciso de ajuda, reclamacao',
  'موظف, خدمة العملاء, شكوى',
])

/** Words that do so beside one that says that they want to talk: a pizza may be for one person too. */
const talking = phrasesOf([
  'talk, speak, chat, connect, transfer, put me through, real',
  'hablar, contactar',
  'falar, conversar',
  'التحدث, أتحدث, أتكلم',
])

/**
 * What a text asks for by its words, or nothing. Yes and no, like thanks, count only when they stand alone, and a word for a
 * person within a sentence only when the sentence asks to talk to one.
 */
export function matchKeyword(text: string): Match | undefined {
  const normal = normalize(text)
  if (yes.includes(normal)) return { intent: 'yes', exact: true }
  if (no.includes(normal)) return { intent: 'no', exact: true }
  for (const [intent, list] of phrases) if (list.includes(normal)) return { intent, exact: true }
  const padded = ` ${normal} `
  const found = phrases.find(([intent, list]) => {
    if (intent === 'thanks') return false
    return intent === 'person' ? asksForPerson(padded, list) : holdsAny(padded, list)
  })
  return found === undefined ? undefined : { intent: found[0], exact: false }
}

function asksForPerson(padded: string, names: readonly string[]): boolean {
  return holdsAny(padded, askingForPerson) || (holdsAny(padded, talking) && holdsAny(padded, names))
}

function holdsAny(padded: string, list: readonly string[]): boolean {
  return list.some((phrase) => padded.includes(` ${phrase} `))
}

/** A text for comparing, as {@link comparable} makes it; at most 500 characters are looked at. */
export function normalize(text: string): string {
  return comparable(text.slice(0, 500))
}

/**
 * A text for comparing: lower case, without accents, vowel signs, punctuation and emoji, and with the Arabic letters that
 * people use for one another made one.
 */
export function comparable(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function phrasesOf(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(', ')).map(normalize)
}
