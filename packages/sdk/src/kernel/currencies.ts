import { AuronxError } from './errors.ts'

/**
 * Date of the state of ISO 4217 list one that the table below follows (the Caribbean guilder in, the Bulgarian lev out).
 *
 * @see https://www.six-group.com/en/products-services/financial-information/data-standards.html
 */
export const currencyTableDate = '2026-01-01'

// Runtime locale data is no substitute: it answers 0 decimals for 16 live currencies whose ISO exponent is 2 or 3.
const exponent0 = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'
const exponent2 =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP ' +
  'CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES ' +
  'KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK ' +
  'NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB ' +
  'TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG'
const exponent3 = 'BHD IQD JOD KWD LYD OMR TND'

const exponents: ReadonlyMap<string, number> = new Map([
  ...exponent0.split(' ').map((code) => [code, 0] as const),
  ...exponent2.split(' ').map((code) => [code, 2] as const),
  ...exponent3.split(' ').map((code) => [code, 3] as const),
])

/** Codes a document may be written in, sorted. Funds, metals and test codes (`CLF`, `XAU`, `XTS` …) are not among them. */
export const currencyCodes: readonly string[] = [...exponents.keys()].toSorted()

/** Whether `code` is one of {@link currencyCodes}. Codes are upper case. */
export function isCurrency(code: string): boolean {
  return exponents.has(code)
}

/** Number of minor digits of a currency by ISO 4217: 0, 2 or 3. Throws `unknown_currency`. */
export function currencyExponent(code: string): number {
  const exponent = exponents.get(code)
  if (exponent === undefined) {
    throw new AuronxError('unknown_currency', 'Not a currency that documents can be written in', {
      details: { length: code.length },
    })
  }
  return exponent
}
