import { foldDigits } from './digits.ts'
import { comparable } from './keywords.ts'

/** Whether a sentence, as {@link sentencesOf} makes it, has one of some phrases. */
export type PhraseTest = (sentence: string) => boolean

/**
 * The sentences of a text, each made comparable and with a space on both sides. Digits are ASCII. A comma does not end a
 * sentence.
 */
export function sentencesOf(text: string): readonly string[] {
  return foldDigits(text)
    .split(/[.!?;\n\u061F\u061B\u06D4\u3002\uFF01\uFF1F]+/u)
    .map((sentence) => ` ${comparable(sentence)} `)
    .filter((sentence) => sentence.trim() !== '')
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
