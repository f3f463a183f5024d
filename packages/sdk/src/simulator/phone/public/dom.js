/** An element with properties, listeners (`onclick`), attributes (`aria-…`, `data-…`, `role`, `dir`) and children. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'class') element.className = value
    else if (name in element && !name.includes('-')) element[name] = value
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== ''))
  return element
}

const paths = {
  plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
  send: 'M3 20.5 21 12 3 3.5 3 10l12 2-12 2z',
  mic: 'M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zm5-3a5 5 0 0 1-10 0H5a7 7 0 0 0 6 6.9V21h2v-3.1A7 7 0 0 0 19 11z',
  shop: 'M4 4h16l1.500 6H2.500zm0 8h2v6h7v-6h2v6h3v-6h2v8H4z',
  close:
    'm6.400 5 5.600 5.600L17.600 5 19 6.400 13.400 12l5.600 5.600-1.400 1.400-5.600-5.600L6.400 19 5 17.600l5.600-5.600L5 6.400z',
  smile:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 16a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM9 11a1.300 1.300 0 1 0 0-2.600A1.300 1.300 0 0 0 9 11zm6 0a1.300 1.300 0 1 0 0-2.600 1.300 1.300 0 0 0 0 2.600zm-3 6c2 0 3.700-1.300 4.400-3H7.600c.7 1.700 2.400 3 4.400 3z',
  play: 'M7 4.500v15l12-7.500z',
  pause: 'M7 5h4v14H7zm6 0h4v14h-4z',
  list: 'M4 6h2v2H4zm4 0h12v2H8zM4 11h2v2H4zm4 0h12v2H8zm-4 5h2v2H4zm4 0h12v2H8z',
  reply: 'M10 8V4l-7 7 7 7v-4c5 0 8 1.500 10 5-1-5-3.500-10-10-11z',
  link: 'M14 3h7v7h-2V6.400l-8.300 8.300-1.400-1.400L17.600 5H14zM5 5h5v2H5v12h12v-5h2v7H3V5z',
  pin: 'M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 9.500A2.500 2.500 0 1 1 12 6.500a2.500 2.500 0 0 1 0 5z',
  cart: 'M3 4h3l.6 3H21l-2 9H8L6 6H3zm6 14a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3zm8 0a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3z',
  image:
    'M4 4h16v16H4zm2 2v9l4-4 4 4 2-2 2 2V6zm8.500 2a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3z',
  folder: 'M3 5h7l2 2h9v12H3z',
  down: 'm7 10 5 5 5-5z',
  tick: 'm2 12.500 1.400-1.400 4 4L16 6.500 17.400 8 7.400 18z',
  ticks:
    'm1 12.500 1.400-1.400 4 4L15 6.500 16.400 8 6.400 18zm9.500 3.400 1.400-1.400.6.6L21.100 6.500 22.500 8 12.500 18z',
}

/** A drawn icon; `name` is one of the list above. Hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.setAttribute('class', `icon icon-${name}`)
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', paths[name])
  svg.append(path)
  return svg
}

const marks = [
  [/```([^`]+)```/, 'code'],
  [/(?<![\p{L}\p{N}*])\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}*])/u, 'strong'],
  [/(?<![\p{L}\p{N}_])_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}_])/u, 'em'],
  [/(?<![\p{L}\p{N}~])~(\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}~])/u, 's'],
]

/** Message text as nodes: bold, italic, struck and fixed-width marks, and http(s) addresses as links. */
export function formatted(text) {
  const address = /https?:\/\/[^\s<>"]+/.exec(text)
  if (address !== null) {
    const url = address[0].replace(/[.,;:!?)]+$/, '')
    const end = address.index + url.length
    return [
      ...formatted(text.slice(0, address.index)),
      anchor(url, url),
      ...formatted(text.slice(end)),
    ]
  }
  let first
  for (const [pattern, tag] of marks) {
    const match = pattern.exec(text)
    if (match !== null && (first === undefined || match.index < first.match.index))
      first = { match, tag }
  }
  if (first === undefined) return text === '' ? [] : [text]
  const { match, tag } = first
  const inner = tag === 'code' ? [match[1]] : formatted(match[1])
  const rest = text.slice(match.index + match[0].length)
  return [...formatted(text.slice(0, match.index)), h(tag, {}, ...inner), ...formatted(rest)]
}

/** A link that opens elsewhere; text alone when the address is not http(s). */
export function anchor(url, label, className) {
  if (!/^https?:\/\//i.test(url)) return h('span', { class: className }, label)
  return h(
    'a',
    { href: url, target: '_blank', rel: 'noopener noreferrer', class: className },
    label,
  )
}

/** An amount in the page's language. */
export function money(amount, currency) {
  try {
    return new Intl.NumberFormat(document.documentElement.lang, {
      style: 'currency',
      currency,
    }).format(amount)
  } catch {
    return `${amount} ${currency}`
  }
}
