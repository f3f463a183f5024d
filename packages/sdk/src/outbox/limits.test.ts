import { describe, expect, test } from 'vitest'
import { asId } from '../kernel/index.ts'
import { checkMessage, messageLimits } from './limits.ts'
import type { ContactCard, OutboundMessage, TemplateParameter } from './message.ts'

interface Limited {
  readonly name: string
  readonly limit: number
  readonly path: string
  make(length: number): OutboundMessage
}

const body = 'Hello'
const card: ContactCard = { name: { formatted: 'Ana Test', first: 'Ana' } }

const texts: readonly Limited[] = [
  {
    name: 'text body',
    limit: 4096,
    path: 'body',
    make: (n) => ({ kind: 'text', body: of(n) }),
  },
  ...(['image', 'video', 'document'] as const).map((kind) => ({
    name: `${kind} caption`,
    limit: 1024,
    path: 'caption',
    make: (n: number): OutboundMessage => ({ kind, media: { id: '1' }, caption: of(n) }),
  })),
  { name: 'buttons body', limit: 1024, path: 'body', make: (n) => buttons({ body: of(n) }) },
  {
    name: 'buttons header',
    limit: 60,
    path: 'header.text',
    make: (n) => buttons({ header: { kind: 'text', text: of(n) } }),
  },
  { name: 'buttons footer', limit: 60, path: 'footer', make: (n) => buttons({ footer: of(n) }) },
  {
    name: 'button title',
    limit: 20,
    path: 'buttons[0].title',
    make: (n) => buttons({ buttons: [{ id: 'a', title: of(n) }] }),
  },
  {
    name: 'button id',
    limit: 256,
    path: 'buttons[0].id',
    make: (n) => buttons({ buttons: [{ id: of(n), title: 'A' }] }),
  },
  { name: 'list body', limit: 4096, path: 'body', make: (n) => list({ body: of(n) }) },
  { name: 'list header', limit: 60, path: 'header', make: (n) => list({ header: of(n) }) },
  { name: 'list footer', limit: 60, path: 'footer', make: (n) => list({ footer: of(n) }) },
  { name: 'list button', limit: 20, path: 'button', make: (n) => list({ button: of(n) }) },
  {
    name: 'section title',
    limit: 24,
    path: 'sections[0].title',
    make: (n) => list({ sections: [{ title: of(n), rows: rows(1) }] }),
  },
  {
    name: 'row title',
    limit: 24,
    path: 'sections[0].rows[0].title',
    make: (n) => list({ sections: [{ rows: [{ id: 'a', title: of(n) }] }] }),
  },
  {
    name: 'row id',
    limit: 200,
    path: 'sections[0].rows[0].id',
    make: (n) => list({ sections: [{ rows: [{ id: of(n), title: 'A' }] }] }),
  },
  {
    name: 'row description',
    limit: 72,
    path: 'sections[0].rows[0].description',
    make: (n) => list({ sections: [{ rows: [{ id: 'a', title: 'A', description: of(n) }] }] }),
  },
  { name: 'link label', limit: 20, path: 'label', make: (n) => link({ label: of(n) }) },
  { name: 'link body', limit: 1024, path: 'body', make: (n) => link({ body: of(n) }) },
  {
    name: 'link address',
    limit: 2000,
    path: 'url',
    make: (n) => link({ url: `https://example.com/${of(n - 20)}` }),
  },
  {
    name: 'catalog body',
    limit: 1024,
    path: 'body',
    make: (n) => ({ kind: 'catalog', body: of(n) }),
  },
  {
    name: 'product body',
    limit: 1024,
    path: 'body',
    make: (n) => ({ kind: 'product', catalogId: '1', retailerId: 'a', body: of(n) }),
  },
  {
    name: 'product list header',
    limit: 60,
    path: 'header',
    make: (n) => ({ ...products(1), header: of(n) }),
  },
  ...(['location_request', 'contact_request'] as const).map((kind) => ({
    name: `${kind} body`,
    limit: 1024,
    path: 'body',
    make: (n: number): OutboundMessage => ({ kind, body: of(n) }),
  })),
  {
    name: 'template name',
    limit: 512,
    path: 'name',
    make: (n) => ({ kind: 'template', name: of(n), language: 'en', components: [] }),
  },
  {
    name: 'template text',
    limit: 1024,
    path: 'components[0].parameters[0].text',
    make: (n) => template([{ kind: 'text', text: of(n) }]),
  },
  {
    name: 'template coupon',
    limit: 20,
    path: 'components[0].parameters[0].code',
    make: (n) => template([{ kind: 'coupon', code: of(n) }]),
  },
]

describe.each(texts)('$name of $limit', ({ limit, path, make }) => {
  test('passes one below and at the limit, and not one above', () => {
    expect(checkMessage(make(limit - 1))).toEqual({ kind: 'ok' })
    expect(checkMessage(make(limit))).toEqual({ kind: 'ok' })
    expect(checkMessage(make(limit + 1))).toEqual({
      kind: 'refused',
      problems: [{ path, rule: 'max_length', limit, actual: limit + 1 }],
    })
  })
})

const counts: readonly Limited[] = [
  {
    name: 'buttons',
    limit: messageLimits.buttons,
    path: 'buttons',
    make: (n) => buttons({ buttons: rows(n) }),
  },
  {
    name: 'list rows over all sections',
    limit: messageLimits.listRows,
    path: 'sections.rows',
    make: (n) =>
      list({
        sections: [
          { title: 'A', rows: rows(1) },
          { title: 'B', rows: rows(n).slice(1) },
        ],
      }),
  },
  { name: 'products', limit: messageLimits.products, path: 'sections.retailerIds', make: products },
  {
    name: 'contacts',
    limit: messageLimits.contacts,
    path: 'contacts',
    make: (n) => ({ kind: 'contacts', contacts: Array<ContactCard>(n).fill(card) }),
  },
  {
    name: 'carousel cards',
    limit: messageLimits.carouselCards,
    path: 'components[0].cards',
    make: carousel,
  },
]

describe.each(counts)('$name: at most $limit', ({ limit, path, make }) => {
  test('passes at the limit and not one above', () => {
    expect(checkMessage(make(limit))).toEqual({ kind: 'ok' })
    expect(checkMessage(make(limit + 1))).toEqual({
      kind: 'refused',
      problems: [{ path, rule: 'max_items', limit, actual: limit + 1 }],
    })
  })
})

test('a list has at most ten sections, which is also its number of rows', () => {
  const sections = (n: number) => rows(n).map((row) => ({ title: row.title, rows: [row] }))
  expect(checkMessage(list({ sections: sections(10) }))).toEqual({ kind: 'ok' })
  expect(paths(list({ sections: sections(11) }))).toEqual(['sections', 'sections.rows'])
})

const refused: readonly (readonly [string, OutboundMessage, string])[] = [
  ['an empty text', { kind: 'text', body: ' \n' }, 'body'],
  ['no button', buttons({ buttons: [] }), 'buttons'],
  ['two buttons of one title', buttons({ buttons: twice({ title: 'A' }) }), 'buttons'],
  ['two buttons of one id', buttons({ buttons: twice({ id: 'a' }) }), 'buttons'],
  ['two rows of one id', list({ sections: [{ rows: twice({ id: 'a' }) }] }), 'sections.rows'],
  [
    'an untitled section among several',
    list({ sections: [{ title: 'A', rows: rows(1) }, { rows: rows(2).slice(1) }] }),
    'sections[1].title',
  ],
  [
    'an empty section',
    list({
      sections: [
        { title: 'A', rows: rows(1) },
        { title: 'B', rows: [] },
      ],
    }),
    'sections[1].rows',
  ],
  ['a link that is no web address', link({ url: 'javascript:alert(1)' }), 'url'],
  [
    'media from an insecure scheme',
    { kind: 'image', media: { link: 'ftp://x.test/a' } },
    'media.link',
  ],
  ['media without an id', { kind: 'sticker', media: { id: '' } }, 'media.id'],
  [
    'media without a blob',
    { kind: 'audio', media: { blobId: asId('BlobId', '') } },
    'media.blobId',
  ],
  ['one carousel card', carousel(1), 'components[0].cards'],
  ['an eleventh template button', templateButton(10), 'components[0].index'],
  ['a template name in capitals', { ...template([]), name: 'Hello' }, 'name'],
  ['a template without a language', { ...template([]), language: '' }, 'language'],
  ...['two\nlines', 'a\ttab', 'five     spaces'].map(
    (text) =>
      [
        `a template text with ${JSON.stringify(text)}`,
        template([{ kind: 'text', text }]),
        'components[0].parameters[0].text',
      ] as const,
  ),
  [
    'named and positional parameters together',
    template([
      { kind: 'text', text: 'a', name: 'a' },
      { kind: 'text', text: 'b' },
    ]),
    'components[0].parameters',
  ],
  ['a latitude beyond the pole', { kind: 'location', latitude: 90.1, longitude: 0 }, 'latitude'],
  ['a longitude that is no number', { kind: 'location', latitude: 0, longitude: NaN }, 'longitude'],
  ['a contact of one name part', contact({ formatted: 'Ana' }), 'contacts[0].name'],
  [
    'a contact without a name',
    contact({ formatted: '', first: 'A' }),
    'contacts[0].name.formatted',
  ],
  ['two emoji', { kind: 'reaction', messageId: 'wamid.1', emoji: '👍👍' }, 'emoji'],
]
test.each(refused)('refuses %s', (_name, message, path) => {
  expect(paths(message)).toEqual([path])
})

const fine: readonly (readonly [string, OutboundMessage])[] = [
  ['four spaces in a template text', template([{ kind: 'text', text: 'a    b' }])],
  ['a joined emoji as a reaction', { kind: 'reaction', messageId: 'wamid.1', emoji: '👩‍👩‍👧‍👦' }],
  [
    'no emoji, which takes the reaction away',
    { kind: 'reaction', messageId: 'wamid.1', emoji: '' },
  ],
  ['two rows of one title', list({ sections: [{ rows: twice({ title: 'A' }) }] })],
  ['a tenth template button', templateButton(9)],
]
test.each(fine)('accepts %s', (_name, message) => {
  expect(checkMessage(message)).toEqual({ kind: 'ok' })
})

test('reports every problem, and no content', () => {
  const message = buttons({ body: '', footer: 'secret'.repeat(20), buttons: rows(4) })
  const check = checkMessage(message)
  expect(paths(message)).toEqual(['body', 'footer', 'buttons'])
  expect(JSON.stringify(check)).not.toContain('secret')
})

function paths(message: OutboundMessage): string[] {
  const check = checkMessage(message)
  return check.kind === 'ok' ? [] : check.problems.map((problem) => problem.path)
}

function of(length: number): string {
  return 'x'.repeat(length)
}

function rows(n: number) {
  return Array.from({ length: n }, (_, index) => ({ id: `id-${index}`, title: `Row ${index}` }))
}

function twice(same: { id?: string; title?: string }) {
  return rows(2).map((row) => ({ ...row, ...same }))
}

function buttons(change: Partial<Extract<OutboundMessage, { kind: 'buttons' }>>): OutboundMessage {
  return { kind: 'buttons', body, buttons: rows(1), ...change }
}

function list(change: Partial<Extract<OutboundMessage, { kind: 'list' }>>): OutboundMessage {
  return { kind: 'list', body, button: 'Open', sections: [{ rows: rows(1) }], ...change }
}

function link(change: Partial<Extract<OutboundMessage, { kind: 'link' }>>): OutboundMessage {
  return { kind: 'link', body, label: 'Open', url: 'https://example.com/', ...change }
}

function products(n: number): Extract<OutboundMessage, { kind: 'product_list' }> {
  const retailerIds = rows(n).map((row) => row.id)
  return { kind: 'product_list', catalogId: '1', header: 'Menu', body, sections: [{ retailerIds }] }
}

function template(
  parameters: readonly TemplateParameter[],
): Extract<OutboundMessage, { kind: 'template' }> {
  const components = [{ kind: 'body', parameters }] as const
  return { kind: 'template', name: 'order_ready', language: 'en_US', components }
}

function templateButton(index: number): OutboundMessage {
  const parameters = [{ kind: 'payload', payload: 'p' }] as const
  const button = { kind: 'button', button: 'quick_reply', index, parameters } as const
  return { ...template([]), components: [button] }
}

function carousel(n: number): OutboundMessage {
  const cards = Array.from({ length: n }, (_, index) => ({ index, components: [] }))
  return { ...template([]), components: [{ kind: 'carousel', cards }] }
}

function contact(name: ContactCard['name']): OutboundMessage {
  return { kind: 'contacts', contacts: [{ name }] }
}
