import { z } from 'zod'
import type { Json } from '../kernel/index.ts'
import { defineTool, itemList, itemScreen, normalize, textsOf } from '../responder/index.ts'
import type { ShopItem, Tool, ToolContext } from '../responder/index.ts'

const searchCatalog = defineTool({
  name: 'search_catalog',
  description: 'Finds items by words, or all; shows them as a card.',
  input: z.strictObject({ query: z.string().max(200) }),
  authority: 'inform',
  async run({ query }, context) {
    const items = await context.turn.withShop((shop) => shop.browse())
    const found = rank(items, query).slice(0, 10)
    if (found.length === 0) return { outcome: 'none', data: { items: [] } }
    const texts = textsOf(context.turn.locale)
    const [only, ...others] = found
    const card =
      only !== undefined && others.length === 0
        ? itemScreen(texts, only)
        : itemList(texts, texts.found, found, 0)
    return {
      outcome: 'found',
      data: { items: found.map((item) => itemData(item, context)) },
      messages: [card],
    }
  },
})

const getProduct = defineTool({
  name: 'get_product',
  description: 'Details of item v1.',
  input: z.strictObject({ item: z.string().max(20) }),
  authority: 'inform',
  async run({ item: handle }, context) {
    const variantId = context.handles.variant(handle)
    const item =
      variantId === undefined
        ? undefined
        : await context.turn.withShop((shop) => shop.item(variantId))
    if (item === undefined) return unknownItem(context)
    const description = item.description?.slice(0, 2000) ?? null
    return { outcome: 'found', data: { ...itemData(item, context), description } }
  },
})

/** What the assistant can look up in the catalog. */
export const catalogTools: readonly Tool[] = [searchCatalog, getProduct]

function itemData(item: ShopItem, { handles }: ToolContext): { readonly [key: string]: Json } {
  return {
    item: handles.give({ kind: 'variant', id: item.variantId }),
    title: item.title.slice(0, 120),
    price: `${handles.slot(item.price)} ${item.price}`,
    available: item.available,
  }
}

function unknownItem({ handles }: ToolContext): {
  readonly outcome: string
  readonly data: Json
} {
  const known = handles.names().filter((name) => name.startsWith('v'))
  return { outcome: 'unknown_item', data: { error: 'unknown item', known } }
}

/** Items whose title or description has words of the query, those with most of them first. */
function rank(items: readonly ShopItem[], query: string): readonly ShopItem[] {
  const words = normalize(query)
    .split(' ')
    .filter((word) => word.length > 1)
  if (words.length === 0) return items
  return items
    .map((item) => ({ item, score: scoreOf(item, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ item }) => item)
}

function scoreOf({ title, description = '' }: ShopItem, words: readonly string[]): number {
  const inTitle = normalize(title)
  const inText = normalize(description)
  let score = 0
  for (const word of words) {
    // Plural endings of our languages are left to the beginning of a word.
    const stem = word.length > 4 ? word.slice(0, -1) : word
    if (inTitle.includes(stem)) score += 3
    if (inText.includes(stem)) score += 1
  }
  return score
}
