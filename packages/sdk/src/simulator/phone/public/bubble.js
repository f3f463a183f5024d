import { anchor, formatted, h, icon, money } from './dom.js'
import { say } from './words.js'

/** One message as a list item. `act` carries out what its buttons ask for. */
export function bubble(message, act) {
  const body = h(
    'article',
    { class: 'bubble', 'aria-label': message.mine ? say('you2') : undefined },
    quote(message.quote),
    media(message, act),
    part('header', message.header),
    remote(message),
    spot(message.location),
    cart(message),
    part('text', message.text),
    part('note', message.note),
    part('footer', message.footer),
    meta(message),
  )
  return h(
    'li',
    {
      class: `row ${message.mine ? 'mine' : 'theirs'} type-${message.type}`,
      'data-id': message.id,
    },
    h('div', { class: 'stack' }, body, reactions(message, act), actions(message, act)),
    reactButton(message, act),
  )
}

function part(name, text) {
  return text ? h('p', { class: name, dir: 'auto' }, ...formatted(text)) : undefined
}

function quote(given) {
  if (given === undefined) return undefined
  const name = given.mine ? say('you2') : ''
  return h(
    'blockquote',
    { dir: 'auto' },
    name === '' ? '' : h('b', {}, name),
    h('span', {}, given.text),
  )
}

function media({ id, media: file, type }, act) {
  if (file === undefined) return undefined
  const kind = file.kind ?? type
  if (kind === 'audio') return voice(id, file, act)
  return file.url === undefined ? undefined : (shown(kind, `api/${file.url}`) ?? download(file))
}

function shown(kind, src) {
  if (kind === 'video')
    return h('video', { class: 'picture', src, controls: true, preload: 'metadata' })
  if (kind !== 'image' && kind !== 'sticker') return undefined
  return h('img', { class: `picture ${kind}`, src, alt: say('photoAlt') })
}

function download(file) {
  const href = new URL(`api/${file.url}`, document.baseURI).href
  return h('p', { class: 'file' }, icon('folder'), anchor(href, file.filename || say('document')))
}

// A picture by address stays unloaded: the page fetches nothing from elsewhere.
function remote({ media: file }) {
  if (file === undefined || file.url !== undefined || !file.link) return undefined
  return h('p', { class: 'file' }, icon('link'), anchor(file.link, file.filename || file.link))
}

function voice(id, file, act) {
  const sound = new Audio(file.url === undefined ? undefined : `api/${file.url}`)
  sound.preload = 'none'
  const button = h(
    'button',
    { type: 'button', class: 'play', 'aria-label': say('play') },
    icon('play'),
  )
  const bar = h('progress', { max: 1, value: 0, 'aria-hidden': 'true' })
  const show = (isPlaying) => {
    button.replaceChildren(icon(isPlaying ? 'pause' : 'play'))
    button.setAttribute('aria-label', say(isPlaying ? 'pause' : 'play'))
  }
  button.addEventListener('click', () => {
    if (!sound.paused) return sound.pause()
    act({ kind: 'play', messageId: id })
    sound.play().catch(() => show(false))
  })
  sound.addEventListener('play', () => show(true))
  sound.addEventListener('pause', () => show(false))
  sound.addEventListener('timeupdate', () => {
    bar.value = sound.duration > 0 ? sound.currentTime / sound.duration : 0
  })
  const waves = h(
    'span',
    { class: 'waves', 'aria-hidden': 'true' },
    ...Array.from({ length: 24 }, () => h('i')),
  )
  return h(
    'div',
    { class: 'voice' },
    button,
    h('span', { class: 'track' }, waves, bar),
    icon('mic'),
  )
}

function spot(place) {
  if (place === undefined) return undefined
  return h(
    'div',
    { class: 'place' },
    h('span', { class: 'map', 'aria-hidden': 'true' }, icon('pin')),
    h('b', { dir: 'auto' }, place.name ?? say('place')),
    h('span', { dir: 'auto' }, place.address ?? `${place.latitude}, ${place.longitude}`),
  )
}

function cart({ cart: lines }) {
  if (lines === undefined) return undefined
  const count = lines.reduce((sum, line) => sum + Number(line.quantity), 0)
  const total = lines.reduce(
    (sum, line) => sum + Math.round(Number(line.price) * 100) * Number(line.quantity),
    0,
  )
  return h(
    'div',
    { class: 'cart' },
    h(
      'p',
      { class: 'cart-head' },
      icon('cart'),
      h('b', {}, say('items', { count })),
      h('span', {}, money(total / 100, lines[0]?.currency)),
    ),
    h(
      'ul',
      {},
      ...lines.map((line) =>
        h('li', { dir: 'auto' }, h('span', {}, `${line.quantity} ×`), ` ${line.name}`),
      ),
    ),
  )
}

const clock = (atMs) =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: '2-digit',
    minute: '2-digit',
  }).format(atMs)

function meta(message) {
  const time = h('time', { dateTime: new Date(message.atMs).toISOString() }, clock(message.atMs))
  if (!message.mine) return h('p', { class: 'meta' }, time)
  const state = message.status === 'read' ? 'read' : 'delivered'
  const ticks = h(
    'span',
    { class: `ticks ${state}`, role: 'img', 'aria-label': say(state) },
    icon('ticks'),
  )
  return h('p', { class: 'meta' }, time, ticks)
}

function reactions(message, act) {
  const { customer, business } = message.reactions
  if (customer === undefined && business === undefined) return undefined
  const mine =
    customer === undefined
      ? undefined
      : h(
          'button',
          {
            type: 'button',
            title: say('removeReaction'),
            'aria-label': `${customer} ${say('removeReaction')}`,
            onclick: () => act({ kind: 'react', messageId: message.id, emoji: '' }),
          },
          customer,
        )
  return h(
    'p',
    { class: 'reactions' },
    mine,
    business === undefined ? undefined : h('span', {}, business),
  )
}

function actions(message, act) {
  const { buttons = [], links = [], list, products, asksLocation } = message
  const made = [
    ...buttons.map((button) =>
      action('reply', button.title, () =>
        act({ kind: 'tap', messageId: message.id, choiceId: button.id }),
      ),
    ),
    ...links.map((link) => {
      const made = anchor(link.url, '', 'action')
      made.append(icon('link'), h('span', { dir: 'auto' }, link.label))
      return made
    }),
  ]
  if (list !== undefined)
    made.push(action('list', list.button, () => act({ kind: 'list', message }), true))
  if (products !== undefined) {
    made.push(
      action('shop', say('view'), () => act({ kind: 'products', sections: products }), true),
    )
  }
  if (asksLocation) made.push(action('pin', say('sendPlace'), () => act({ kind: 'location' })))
  return made.length === 0 ? undefined : h('div', { class: 'actions' }, ...made)
}

function action(name, label, onclick, opens = false) {
  return h(
    'button',
    { type: 'button', class: 'action', onclick, 'aria-haspopup': opens ? 'dialog' : undefined },
    icon(name),
    h('span', { dir: 'auto' }, label),
  )
}

function reactButton(message, act) {
  const open = () => act({ kind: 'reactions', messageId: message.id })
  return h(
    'button',
    {
      type: 'button',
      class: 'react',
      'aria-label': say('react'),
      title: say('react'),
      'aria-haspopup': 'dialog',
      onclick: open,
    },
    icon('smile'),
  )
}
