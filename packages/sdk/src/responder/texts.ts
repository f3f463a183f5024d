import type { Locale } from '../accounts/index.ts'
import type { CartNotice, OrderView } from './shop.ts'
import { ar } from './texts.ar.ts'
import { en } from './texts.en.ts'
import { es } from './texts.es.ts'
import { pt } from './texts.pt.ts'

/**
 * Everything the menus say. Titles of buttons have at most 20 characters, titles of rows 24. Values that are put into a
 * text come ready: names from the business, amounts formatted.
 */
export interface Texts {
  readonly welcome: (business: string) => string
  readonly browse: string
  readonly orderStatus: string
  readonly person: string
  readonly menu: string
  readonly fallback: string
  readonly cannotRead: string
  readonly youAreWelcome: string
  readonly nothingToConfirm: string

  readonly list: (business: string) => string
  readonly listButton: string
  readonly found: string
  readonly more: string
  readonly emptyCatalog: string
  readonly soldOutMark: string
  readonly soldOut: (title: string) => string
  readonly itemGone: string
  readonly orderOne: string
  readonly otherQuantity: string
  readonly backToList: string
  readonly howMany: (title: string) => string
  readonly quantityButton: string
  readonly onlyLeft: (title: string, left: number) => string
  readonly tooMany: string

  readonly proposal: (ref: string) => string
  readonly total: (amount: string) => string
  readonly moreLines: (count: number) => string
  readonly confirm: string
  readonly change: string
  readonly cancel: string
  readonly notices: Readonly<Record<CartNotice['reason'], (title: string) => string>>
  readonly unnamedItem: string

  readonly confirmed: (number: string, total: string) => string
  readonly confirmedAlready: (number: string) => string
  readonly cancelled: (ref: string) => string
  readonly expired: string
  readonly changed: string
  readonly notYours: string
  readonly used: string
  readonly unknownButton: string
  readonly needsButton: string

  readonly basket: string
  readonly basketButton: string
  readonly emptyBasket: string
  readonly addMore: string
  readonly checkOut: string
  readonly remove: (title: string) => string

  readonly noOrders: string
  readonly yourOrders: string
  readonly status: Readonly<Record<OrderView['status'], string>>

  readonly handOff: string
  readonly handOffNotUnderstood: string
  readonly waiting: string
  readonly personWithin: (minutes: number) => string
  /** Said once per conversation, before the assistant's first answer. */
  readonly assistantIntro: (business: string) => string
}

const texts: Readonly<Record<Locale, Texts>> = { en, es, pt, ar }

/** The texts of a language. */
export function textsOf(locale: Locale): Texts {
  return texts[locale]
}
