/**
 * Makes an element. `attributes` with the value `false`, `null` or `undefined` are left out; those that start with `on` become
 * listeners. Children are nodes or texts, never HTML.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value)
    else node.setAttribute(name, value === true ? '' : String(value))
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) node.append(child)
  }
  return node
}

/** The element with an id that is known to exist. */
export function byId(id) {
  return document.getElementById(id)
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

/** A time of day, with the date when it is not today. */
export function time(iso) {
  const date = new Date(iso)
  const today = date.toDateString() === new Date().toDateString()
  const text = today ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`
  return el('time', { datetime: iso, title: date.toLocaleString() }, text)
}

/** How long until a moment, in words. */
export function left(iso) {
  const minutes = Math.floor((Date.parse(iso) - Date.now()) / 60_000)
  if (minutes < 0) return undefined
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** What to show where there is nothing. */
export function empty(title, hint) {
  return el('div', { class: 'empty' }, el('p', { class: 'empty-title' }, title), el('p', {}, hint))
}

/** One or two ticks, drawn, because not every font has the sign. */
export function tick(count) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', count === 2 ? '0 0 18 10' : '0 0 12 10')
  svg.setAttribute('aria-hidden', 'true')
  svg.classList.add('tick')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', `M1 5.5 4 8.5 10.5 1.5${count === 2 ? ' M7.5 8 8 8.5 14.5 1.5' : ''}`)
  svg.append(path)
  return svg
}
