const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand in HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

/**
 * A name as it may stand in a subject or a sentence of ours: one line, no control, direction or zero-width characters,
 * no link, at most 80 characters. People choose their names, and mails carry our sender.
 */
export function plainName(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\S*:\/\/\S*|www\.\S+/gi, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
}
