/**
 * A text without what people cannot see but models read: control and direction characters, zero-width letters, tag
 * characters and variation selectors that carry hidden bytes. Every kind of line break becomes `\n`. Joiners stay within
 * emoji.
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replaceAll(/(?<!\p{Extended_Pictographic}\u{FE0F}?|\p{Emoji_Modifier})\u{200D}/gu, '')
    .replaceAll(/(?!\u{200D})\p{Cf}|[\u{E0100}-\u{E01EF}]/gu, '')
    .replaceAll(/[\u{115F}\u{1160}\u{3164}\u{FFA0}]|(?!\n)\p{Cc}/gu, ' ')
    .replaceAll(/[ \t]{2,}/g, ' ')
}
