import { h, money } from './dom.js'
import { sheet } from './sheets.js'
import { say } from './words.js'

const most = 99

/** Products with quantity steppers and a button that sends the cart. */
export function productsSheet(sections, send) {
  const counts = new Map()
  const shown = sections.flatMap((section) => section.items)
  if (shown.length === 0) {
    sheet(say('catalog'), 'products-sheet', () => [h('p', { class: 'hint' }, say('noProducts'))])
    return
  }
  sheet(say('catalog'), 'products-sheet', (close) => {
    const submit = h('button', { type: 'button', class: 'primary', disabled: true })
    const refresh = () => {
      const chosen = shown.filter((product) => (counts.get(product.id) ?? 0) > 0)
      const cents = chosen.reduce(
        (sum, product) => sum + Math.round(Number(product.price) * 100) * counts.get(product.id),
        0,
      )
      const total = chosen.length === 0 ? '' : ` · ${money(cents / 100, chosen[0].currency)}`
      submit.textContent = say('sendCart') + total
      submit.disabled = chosen.length === 0
    }
    submit.addEventListener('click', () => {
      close()
      send(
        [...counts]
          .filter(([, quantity]) => quantity > 0)
          .map(([id, quantity]) => ({ id, quantity })),
      )
    })
    refresh()
    return [
      h(
        'div',
        { class: 'shelf' },
        ...sections.map((section) =>
          h(
            'section',
            {},
            section.title ? h('h3', { dir: 'auto' }, section.title) : undefined,
            ...section.items.map((product) => line(product, counts, refresh)),
          ),
        ),
      ),
      submit,
    ]
  })
}

function line(product, counts, refresh) {
  const count = h('output', { 'aria-label': product.name }, '0')
  const step = (by) => () => {
    const next = Math.min(most, Math.max(0, (counts.get(product.id) ?? 0) + by))
    counts.set(product.id, next)
    count.textContent = String(next)
    refresh()
  }
  const button = (sign, label, by) =>
    h(
      'button',
      { type: 'button', 'aria-label': say(label, { name: product.name }), onclick: step(by) },
      sign,
    )
  return h(
    'div',
    { class: 'product' },
    h('span', { class: 'thumb', 'aria-hidden': 'true' }, [...product.name][0] ?? ''),
    h(
      'span',
      { class: 'product-words' },
      h('b', { dir: 'auto' }, product.name),
      product.description ? h('span', { dir: 'auto' }, product.description) : undefined,
      h('span', { class: 'price' }, money(Number(product.price), product.currency)),
    ),
    h('span', { class: 'stepper' }, button('−', 'less', -1), count, button('+', 'more', 1)),
  )
}
