import { ar } from './texts-ar.js'
import { en } from './texts-en.js'
import { es } from './texts-es.js'
import { pt } from './texts-pt.js'

/** The language of this page. */
export const language = document.documentElement.lang

/** Everything that the pages say, in the language of this one. */
export const texts = { ar, en, es, pt }[language] ?? en

/** Languages by what they call themselves. */
export const languages = { en: 'English', es: 'Español', pt: 'Português', ar: 'العربية' }

/** A text with its places filled in. */
export function fill(text, values) {
  return text.replaceAll(/\{(\w+)\}/g, (_whole, name) => values[name] ?? '')
}

const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })

/** A moment as people read it here. */
export function moment(iso) {
  return moments.format(new Date(iso))
}

/** What an error means, in words. */
export function wordsFor(error) {
  const { code = 'other', problem = {} } = error
  // What Meta says of a number is a sentence for people already.
  if (problem.detail !== undefined && code === 'number_refused') return problem.detail
  const known = Object.hasOwn(texts.errors, code) ? texts.errors[code] : texts.errors.other
  return fill(known, { ...problem, code })
}
