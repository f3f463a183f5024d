/**
 * Whether a text has something that a phone would make a link and that does not lead, over https, to one of the hosts or
 * their subdomains. Bare domains count, and so do other schemes, addresses of machines and spelled-out dots.
 */
export function hasForeignLink(text: string, hosts: readonly string[]): boolean {
  const plain = text.normalize('NFKC').replaceAll(/[\u3002\uFF61\u2024\u00B7]/gu, '.')
  if (spelledDot.test(plain)) return true
  const links = plain.match(linkLike) ?? []
  return links.some((link) => !isAllowed(link, hosts))
}

const linkLike =
  /(?:[a-z][a-z\d+.-]{0,20}:\/\/|(?:mailto|tel|sms|whatsapp|javascript|data|intent|tg|file|market|geo|skype):|\/\/|www\.)\S*|(?:[\p{L}\p{N}_-]+\.)+\p{L}{2,}(?:[:/?#]\S*)?|(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)\S*|\[[\da-f:]{3,}\]\S*/giu

const spelledDot =
  /[\p{L}\d-]\s*(?:[([{]\s*(?:dot|punto|ponto|نقطة)\s*[)\]}]|\s(?:dot|punto|ponto)\s)\s*(?:com|net|org|io|me|co|es|br|ly|app|shop|xyz|info)(?!\p{L})/iu

function isAllowed(link: string, hosts: readonly string[]): boolean {
  const trimmed = link.replace(/[)\].,!?:;'"»*_~]+$/u, '')
  const [, scheme, host = ''] = /^([a-z][a-z\d+.-]*:)?(?:\/\/)?([^/?#]*)/iu.exec(trimmed) ?? []
  if (scheme !== undefined && scheme.toLowerCase() !== 'https:') return false
  // Userinfo, ports, backslashes and letters outside ASCII are how a host is made to look like another.
  const name = host.toLowerCase()
  if (!/^[a-z\d.-]+$/.test(name) || /[\\@]/.test(trimmed)) return false
  return hosts.some(
    (known) => name === known.toLowerCase() || name.endsWith(`.${known.toLowerCase()}`),
  )
}
