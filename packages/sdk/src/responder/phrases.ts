import { foldDigits } from './digits.ts'
import { comparable } from './keywords.ts'

/** Whether a sentence, as {@link sentencesOf} makes it, has one of some phrases. */
export type PhraseTest = (sentence: string) => boolean

/**
 * The sentences of a text, each made comparable and with a space on both sides. Digits are ASCII. Commas and line breaks
 * do not end a sentence, and a sentence of fewer than four words is read with the next one, too.
 */
export function sentencesOf(text: string): readonly string[] {
  const sentences = foldDigits(text)
    .split(/[.!?;\u061F\u061B\u06D4\u3002\uFF01\uFF1F]+/u)
    .map((sentence) => comparable(sentence))
    .filter((sentence) => sentence !== '')
  const read: string[] = []
  let open = ''
  for (const sentence of sentences) {
    open = `${open} ${sentence}`.trim()
    read.push(` ${sentence} `, ` ${open} `)
    if (sentence.split(' ').length >= 4 || open.length > 100) open = ''
  }
  return [...new Set(read)]
}

/**
 * A test for phrases that stand in one text, separated by commas. Words must be whole, except Arabic ones, which have
 * articles and prepositions before them.
 */
export function hasAny(list: string): PhraseTest {
  const phrases = list
    .split(',')
    .map(comparable)
    .filter((phrase) => phrase !== '')
    .map((phrase) => (/\p{Script=Arabic}/u.test(phrase) ? phrase : ` ${phrase} `))
  return (sentence) => phrases.some((phrase) => sentence.includes(phrase))
}
