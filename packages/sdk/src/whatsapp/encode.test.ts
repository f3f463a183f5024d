import { describe, expect, test } from 'vitest'
import { asId, isAuronxError } from '../kernel/index.ts'
import type { OutboundMessage } from '../outbox/index.ts'
import { blobsOf, encodeMessage, encodeRecipient } from './encode.ts'

const image = { id: '900' } as const
const blobId = asId('BlobId', '01890000-0000-7000-8000-000000000001')

const golden: readonly (readonly [string, OutboundMessage, object])[] = [
  ['text', { kind: 'text', body: 'Hi' }, { type: 'text', text: { body: 'Hi' } }],
  [
    'text with a preview',
    { kind: 'text', body: 'https://example.com', previewUrl: true },
    { type: 'text', text: { body: 'https://example.com', preview_url: true } },
  ],
  [
    'image by id',
    { kind: 'image', media: image, caption: 'Cake' },
    { type: 'image', image: { id: '900', caption: 'Cake' } },
  ],
  [
    'video by link',
    { kind: 'video', media: { link: 'https://example.com/a.mp4' } },
    { type: 'video', video: { link: 'https://example.com/a.mp4' } },
  ],
  [
    'document from a blob',
    { kind: 'document', media: { blobId }, caption: 'Quote', filename: 'quote.pdf' },
    { type: 'document', document: { id: '901', caption: 'Quote', filename: 'quote.pdf' } },
  ],
  [
    'audio as a voice note',
    { kind: 'audio', media: image, voice: true },
    { type: 'audio', audio: { id: '900', voice: true } },
  ],
  ['sticker', { kind: 'sticker', media: image }, { type: 'sticker', sticker: { id: '900' } }],
  [
    'buttons with a text header',
    {
      kind: 'buttons',
      header: { kind: 'text', text: 'Order' },
      body: 'Confirm?',
      footer: 'Open till 8',
      buttons: [
        { id: 'yes', title: 'Yes' },
        { id: 'no', title: 'No' },
      ],
    },
    {
      type: 'interactive',
      interactive: {
        type: 'button',
        header: { type: 'text', text: 'Order' },
        body: { text: 'Confirm?' },
        footer: { text: 'Open till 8' },
        action: {
          buttons: [
            { type: 'reply', reply: { id: 'yes', title: 'Yes' } },
            { type: 'reply', reply: { id: 'no', title: 'No' } },
          ],
        },
      },
    },
  ],
  [
    'buttons with a document header',
    {
      kind: 'buttons',
      header: { kind: 'document', media: { blobId }, filename: 'quote.pdf' },
      body: 'Accept?',
      buttons: [{ id: 'yes', title: 'Yes' }],
    },
    {
      type: 'interactive',
      interactive: {
        type: 'button',
        header: { type: 'document', document: { id: '901', filename: 'quote.pdf' } },
        body: { text: 'Accept?' },
        action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
      },
    },
  ],
  [
    'list',
    {
      kind: 'list',
      header: 'Menu',
      body: 'Choose',
      footer: 'Fresh',
      button: 'Open',
      sections: [
        { title: 'Hot', rows: [{ id: 'tea', title: 'Tea', description: 'Green' }] },
        { title: 'Cold', rows: [{ id: 'water', title: 'Water' }] },
      ],
    },
    {
      type: 'interactive',
      interactive: {
        type: 'list',
        header: { type: 'text', text: 'Menu' },
        body: { text: 'Choose' },
        footer: { text: 'Fresh' },
        action: {
          button: 'Open',
          sections: [
            { title: 'Hot', rows: [{ id: 'tea', title: 'Tea', description: 'Green' }] },
            { title: 'Cold', rows: [{ id: 'water', title: 'Water' }] },
          ],
        },
      },
    },
  ],
  [
    'link with a picture',
    {
      kind: 'link',
      header: { kind: 'image', media: image },
      body: 'Pay here',
      label: 'Pay',
      url: 'https://example.com/pay',
    },
    {
      type: 'interactive',
      interactive: {
        type: 'cta_url',
        header: { type: 'image', image: { id: '900' } },
        body: { text: 'Pay here' },
        action: {
          name: 'cta_url',
          parameters: { display_text: 'Pay', url: 'https://example.com/pay' },
        },
      },
    },
  ],
  [
    'product',
    { kind: 'product', catalogId: '55', retailerId: 'sku-1', body: 'This one', footer: 'Fresh' },
    {
      type: 'interactive',
      interactive: {
        type: 'product',
        body: { text: 'This one' },
        footer: { text: 'Fresh' },
        action: { catalog_id: '55', product_retailer_id: 'sku-1' },
      },
    },
  ],
  [
    'product without words',
    { kind: 'product', catalogId: '55', retailerId: 'sku-1' },
    {
      type: 'interactive',
      interactive: {
        type: 'product',
        action: { catalog_id: '55', product_retailer_id: 'sku-1' },
      },
    },
  ],
  [
    'product list',
    {
      kind: 'product_list',
      catalogId: '55',
      header: 'Menu',
      body: 'Choose',
      sections: [{ title: 'Hot', retailerIds: ['sku-1', 'sku-2'] }],
    },
    {
      type: 'interactive',
      interactive: {
        type: 'product_list',
        header: { type: 'text', text: 'Menu' },
        body: { text: 'Choose' },
        action: {
          catalog_id: '55',
          sections: [
            {
              title: 'Hot',
              product_items: [{ product_retailer_id: 'sku-1' }, { product_retailer_id: 'sku-2' }],
            },
          ],
        },
      },
    },
  ],
  [
    'catalog with a thumbnail',
    { kind: 'catalog', body: 'All of it', thumbnailRetailerId: 'sku-1' },
    {
      type: 'interactive',
      interactive: {
        type: 'catalog_message',
        body: { text: 'All of it' },
        action: {
          name: 'catalog_message',
          parameters: { thumbnail_product_retailer_id: 'sku-1' },
        },
      },
    },
  ],
  [
    'catalog',
    { kind: 'catalog', body: 'All of it' },
    {
      type: 'interactive',
      interactive: {
        type: 'catalog_message',
        body: { text: 'All of it' },
        action: { name: 'catalog_message' },
      },
    },
  ],
  [
    'template without values',
    { kind: 'template', name: 'hello_world', language: 'en_US', components: [] },
    { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } },
  ],
  [
    'template with every component',
    {
      kind: 'template',
      name: 'order_ready',
      language: 'es',
      components: [
        {
          kind: 'header',
          parameters: [{ kind: 'document', media: { blobId }, filename: 'a.pdf' }],
        },
        {
          kind: 'body',
          parameters: [
            { kind: 'text', text: 'A-1', name: 'order_id' },
            { kind: 'currency', fallback: '$5', currency: 'USD', amount1000: 5000, name: 'total' },
            { kind: 'date_time', fallback: 'Monday', name: 'day' },
          ],
        },
        {
          kind: 'button',
          button: 'quick_reply',
          index: 0,
          parameters: [{ kind: 'payload', payload: 'again' }],
        },
        {
          kind: 'button',
          button: 'copy_code',
          index: 1,
          parameters: [{ kind: 'coupon', code: 'TEN' }],
        },
        { kind: 'limited_time_offer', expirationTimeMs: 1_800_000_000_000 },
        {
          kind: 'carousel',
          cards: [
            {
              index: 0,
              components: [{ kind: 'header', parameters: [{ kind: 'image', media: image }] }],
            },
          ],
        },
      ],
    },
    {
      type: 'template',
      template: {
        name: 'order_ready',
        language: { code: 'es' },
        components: [
          {
            type: 'header',
            parameters: [{ type: 'document', document: { id: '901', filename: 'a.pdf' } }],
          },
          {
            type: 'body',
            parameters: [
              { type: 'text', parameter_name: 'order_id', text: 'A-1' },
              {
                type: 'currency',
                parameter_name: 'total',
                currency: { fallback_value: '$5', code: 'USD', amount_1000: 5000 },
              },
              { type: 'date_time', parameter_name: 'day', date_time: { fallback_value: 'Monday' } },
            ],
          },
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: '0',
            parameters: [{ type: 'payload', payload: 'again' }],
          },
          {
            type: 'button',
            sub_type: 'copy_code',
            index: '1',
            parameters: [{ type: 'coupon_code', coupon_code: 'TEN' }],
          },
          {
            type: 'limited_time_offer',
            parameters: [
              {
                type: 'limited_time_offer',
                limited_time_offer: { expiration_time_ms: 1_800_000_000_000 },
              },
            ],
          },
          {
            type: 'carousel',
            cards: [
              {
                card_index: 0,
                components: [
                  { type: 'header', parameters: [{ type: 'image', image: { id: '900' } }] },
                ],
              },
            ],
          },
        ],
      },
    },
  ],
  [
    'template with a place and a flow',
    {
      kind: 'template',
      name: 'visit',
      language: 'pt_BR',
      components: [
        {
          kind: 'header',
          parameters: [
            {
              kind: 'location',
              latitude: 1.5,
              longitude: -2.5,
              name: 'Shop',
              address: 'Main St 1',
            },
          ],
        },
        {
          kind: 'button',
          button: 'flow',
          index: 0,
          parameters: [{ kind: 'action', action: { flow_token: 't' } }],
        },
      ],
    },
    {
      type: 'template',
      template: {
        name: 'visit',
        language: { code: 'pt_BR' },
        components: [
          {
            type: 'header',
            parameters: [
              {
                type: 'location',
                location: { latitude: 1.5, longitude: -2.5, name: 'Shop', address: 'Main St 1' },
              },
            ],
          },
          {
            type: 'button',
            sub_type: 'flow',
            index: '0',
            parameters: [{ type: 'action', action: { flow_token: 't' } }],
          },
        ],
      },
    },
  ],
  [
    'location',
    { kind: 'location', latitude: 1.5, longitude: -2.5, name: 'Shop', address: 'Main St 1' },
    {
      type: 'location',
      location: { latitude: 1.5, longitude: -2.5, name: 'Shop', address: 'Main St 1' },
    },
  ],
  [
    'contacts',
    {
      kind: 'contacts',
      contacts: [
        {
          name: { formatted: 'Ana Test', first: 'Ana', last: 'Test' },
          phones: [{ phone: '+15550100123', type: 'WORK', waId: '15550100123' }],
          emails: [{ email: 'ana@example.com' }],
          urls: [{ url: 'https://example.com' }],
          addresses: [{ city: 'Springfield', countryCode: 'us' }],
          organisation: { company: 'Example' },
          birthday: '2000-01-31',
        },
      ],
    },
    {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Ana Test', first_name: 'Ana', last_name: 'Test' },
          phones: [{ phone: '+15550100123', type: 'WORK', wa_id: '15550100123' }],
          emails: [{ email: 'ana@example.com' }],
          urls: [{ url: 'https://example.com' }],
          addresses: [{ city: 'Springfield', country_code: 'us' }],
          org: { company: 'Example' },
          birthday: '2000-01-31',
        },
      ],
    },
  ],
  [
    'reaction',
    { kind: 'reaction', messageId: 'wamid.1', emoji: '👍' },
    { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } },
  ],
  [
    'a reaction taken away',
    { kind: 'reaction', messageId: 'wamid.1', emoji: '' },
    { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '' } },
  ],
  [
    'location request',
    { kind: 'location_request', body: 'Where to?' },
    {
      type: 'interactive',
      interactive: {
        type: 'location_request_message',
        body: { text: 'Where to?' },
        action: { name: 'send_location' },
      },
    },
  ],
  [
    'contact request',
    { kind: 'contact_request', body: 'Your number?' },
    {
      type: 'interactive',
      interactive: {
        type: 'contact_request',
        body: { text: 'Your number?' },
        action: { name: 'request_contact_info' },
      },
    },
  ],
]

test.each(golden)('encodes %s', (_name, message, expected) => {
  const encoded = encodeMessage(message, new Map([[blobId, '901']]))
  expect(encoded).toStrictEqual(expected)
  expect(encodeMessage(JSON.parse(JSON.stringify(message)), new Map([[blobId, '901']]))).toEqual(
    encoded,
  )
})

test('names each blob of a message once, wherever it stands', () => {
  const naming = golden.filter(([, message]) => JSON.stringify(message).includes('blobId'))
  expect(naming.map(([name]) => name)).toHaveLength(3)
  for (const [, message] of naming) expect(blobsOf(message)).toEqual([blobId])
  for (const [, message] of golden.filter((one) => !naming.includes(one))) {
    expect(blobsOf(message)).toEqual([])
  }
})

test('a blob that was not uploaded cannot be encoded', () => {
  let thrown: unknown
  try {
    encodeMessage({ kind: 'image', media: { blobId } })
  } catch (error) {
    thrown = error
  }
  expect(isAuronxError(thrown, 'message_invalid')).toBe(true)
})

describe('the address of a recipient', () => {
  test.each([
    ['a phone number gets its plus sign', { phone: '15550100123' }, { to: '+15550100123' }],
    ['a user id has its own member', { userId: 'US.134912' }, { recipient: 'US.134912' }],
    ['a parent user id too', { userId: 'US.ENT.118157' }, { recipient: 'US.ENT.118157' }],
    [
      'of two addresses only the phone number is given',
      { phone: '15550100123', userId: 'US.134912' },
      { to: '+15550100123' },
    ],
    [
      'an unfit phone number gives way to the user id',
      { phone: 'US.134912', userId: 'US.134912' },
      { recipient: 'US.134912' },
    ],
    ['a user id is no phone number', { phone: 'US.134912' }, undefined],
    ['a phone number is no user id', { userId: '15550100123' }, undefined],
    ['a lower-case user id is none', { userId: 'us.134912' }, undefined],
    ['a phone number with signs is none', { phone: '+1 555 0100' }, undefined],
    ['nothing is no address', {}, undefined],
  ])('%s', (_name, to, expected) => {
    expect(encodeRecipient(to)).toEqual(expected)
  })
})
