import type { Locale } from '@auronx/sdk'

/** A product of the demo business. */
export interface DemoProduct {
  /** SKU, which is the retailer id in WhatsApp carts. */
  readonly sku: string
  readonly title: Readonly<Record<Locale, string>>
  readonly description: Readonly<Record<Locale, string>>
  /** Minor units of the demo currency. */
  readonly amountMinor: number
  /** Units on hand; absent for what never runs out. */
  readonly stock?: number
}

/** Currency of the demo business. */
export const demoCurrency = 'EUR'
/** Time zone of the demo business. */
export const demoTimeZone = 'Europe/Madrid'

const names: Readonly<Record<Locale, string>> = {
  en: 'Aurora Coffee',
  es: 'Café Aurora',
  pt: 'Café Aurora',
  ar: 'مقهى أورورا',
}

/** Name of the demo business in a language. */
export function demoName(locale: Locale): string {
  return names[locale]
}

const text = (en: string, es: string, pt: string, ar: string) => ({ en, es, pt, ar })

/** What the demo business sells. */
export const demoProducts: readonly DemoProduct[] = [
  {
    sku: 'ESPRESSO',
    title: text('Espresso', 'Espresso', 'Espresso', 'إسبريسو'),
    description: text(
      'Single shot, 30 ml',
      'Un chupito, 30 ml',
      'Uma dose, 30 ml',
      'جرعة واحدة، 30 مل',
    ),
    amountMinor: 180,
  },
  {
    sku: 'FLAT-WHITE',
    title: text('Flat white', 'Flat white', 'Flat white', 'فلات وايت'),
    description: text(
      'Double shot, 200 ml',
      'Doble, 200 ml',
      'Dose dupla, 200 ml',
      'جرعة مزدوجة، 200 مل',
    ),
    amountMinor: 350,
  },
  {
    sku: 'LATTE',
    title: text('Latte', 'Café con leche', 'Galão', 'لاتيه'),
    description: text(
      'With plenty of milk, 300 ml',
      'Con mucha leche, 300 ml',
      'Com muito leite, 300 ml',
      'مع الكثير من الحليب، 300 مل',
    ),
    amountMinor: 340,
  },
  {
    sku: 'CAPPUCCINO',
    title: text('Cappuccino', 'Capuchino', 'Cappuccino', 'كابتشينو'),
    description: text(
      'With cocoa, 200 ml',
      'Con cacao, 200 ml',
      'Com cacau, 200 ml',
      'مع الكاكاو، 200 مل',
    ),
    amountMinor: 320,
  },
  {
    sku: 'COLD-BREW',
    title: text('Cold brew', 'Café en frío', 'Café frio', 'قهوة باردة'),
    description: text(
      'Steeped overnight, 350 ml',
      'Reposado toda la noche, 350 ml',
      'Preparado durante a noite, 350 ml',
      'منقوعة طوال الليل، 350 مل',
    ),
    amountMinor: 420,
    stock: 24,
  },
  {
    sku: 'MINT-TEA',
    title: text('Mint tea', 'Té de menta', 'Chá de hortelã', 'شاي بالنعناع'),
    description: text('Fresh leaves', 'Hojas frescas', 'Folhas frescas', 'أوراق طازجة'),
    amountMinor: 260,
  },
  {
    sku: 'ORANGE-JUICE',
    title: text('Orange juice', 'Zumo de naranja', 'Sumo de laranja', 'عصير برتقال'),
    description: text(
      'Pressed when you order',
      'Exprimido al momento',
      'Espremido na hora',
      'يُعصر عند الطلب',
    ),
    amountMinor: 390,
    stock: 18,
  },
  {
    sku: 'CROISSANT',
    title: text('Croissant', 'Cruasán', 'Croissant', 'كرواسون'),
    description: text(
      'Baked this morning',
      'Horneado esta mañana',
      'Feito esta manhã',
      'مخبوز هذا الصباح',
    ),
    amountMinor: 230,
    stock: 20,
  },
  {
    sku: 'CINNAMON-ROLL',
    title: text('Cinnamon roll', 'Rollo de canela', 'Rolo de canela', 'لفافة القرفة'),
    description: text(
      'Still warm until noon',
      'Templado hasta mediodía',
      'Morno até ao meio-dia',
      'دافئة حتى الظهر',
    ),
    amountMinor: 290,
    stock: 12,
  },
  {
    sku: 'TOAST-TOMATO',
    title: text('Tomato toast', 'Tostada con tomate', 'Torrada com tomate', 'خبز محمص بالطماطم'),
    description: text(
      'Olive oil and sea salt',
      'Aceite de oliva y sal',
      'Azeite e sal marinho',
      'زيت زيتون وملح بحري',
    ),
    amountMinor: 310,
    stock: 30,
  },
  {
    sku: 'BEANS-250',
    title: text(
      'House beans, 250 g',
      'Café en grano, 250 g',
      'Café em grão, 250 g',
      'حبوب القهوة، 250 غ',
    ),
    description: text('Medium roast', 'Tueste medio', 'Torra média', 'تحميص متوسط'),
    amountMinor: 950,
    stock: 40,
  },
  {
    sku: 'BEANS-1000',
    title: text(
      'House beans, 1 kg',
      'Café en grano, 1 kg',
      'Café em grão, 1 kg',
      'حبوب القهوة، 1 كغ',
    ),
    description: text('Medium roast', 'Tueste medio', 'Torra média', 'تحميص متوسط'),
    amountMinor: 3_200,
    stock: 1,
  },
]
