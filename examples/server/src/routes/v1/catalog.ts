import { asId, listProducts, listTaxCategories } from '@auronx/sdk'
import type { Product, ProductInput, SaveProductOutcome } from '@auronx/sdk'
import { api } from '@auronx/sdk/api'
import { bind } from '../../api/call.ts'
import type { Bound, Call } from '../../api/call.ts'
import { refused, undone } from '../../api/problem.ts'
import type { Refused } from '../../api/problem.ts'
import { offerView, priceView, productView } from './views.ts'

interface ById {
  readonly params: { readonly id: string }
}

const productId = ({ params }: ById) => asId('ProductId', params.id)
const variantId = ({ params }: ById) => asId('VariantId', params.id)

/** Products, variants, prices, stock. */
export const catalogBounds: readonly Bound[] = [
  bind(api.listVariants, async ({ services, actor, place, page }, { query }) => {
    const after = place === undefined ? {} : { after: asId('VariantId', place) }
    const offers = await services.catalog.browse(actor, { ...after, limit: query.limit + 1 })
    const shown = offers.slice(0, query.limit)
    const next = offers.length > query.limit ? shown.at(-1)?.variant.id : undefined
    return page(shown.map(offerView), next)
  }),
  bind(api.getVariant, (call, input) => readOffer(call, input)),
  bind(api.setPrice, async ({ services, actor }, input) => {
    const { price, validFrom, validTo, minQuantity } = input.body
    const outcome = await services.catalog.setPrice(actor, variantId(input), price, {
      ...(validFrom === undefined ? {} : { validFrom: new Date(validFrom) }),
      ...(validTo === undefined ? {} : { validTo: new Date(validTo) }),
      ...(minQuantity === undefined ? {} : { minQuantity }),
    })
    return outcome.kind === 'refused' ? refused(outcome.reason) : priceView(outcome.price)
  }),
  bind(api.setStock, async (call, input) => {
    const outcome = await call.services.catalog.setStock(call.actor, variantId(input), input.body)
    return outcome.kind === 'refused' ? refused(outcome.reason) : readOffer(call, input)
  }),
  bind(api.previewPrice, async ({ services, actor }, input) => {
    const id = variantId(input)
    if ((await services.catalog.offer(actor, id)) === undefined) return refused('not_found')
    const outcome = await services.catalog.resolvePrice(actor, id, input.query.quantity)
    return outcome.kind === 'refused' ? refused(outcome.reason) : priceView(outcome.price)
  }),
  bind(api.listProducts, async ({ work, actor, place, page }, { query: { limit, status } }) => {
    const products = await listProducts(work, actor, {
      limit: limit + 1,
      ...(place === undefined ? {} : { after: asId('ProductId', place) }),
      ...(status === undefined ? {} : { statuses: statusesOf(status) }),
    })
    const shown = products.slice(0, limit)
    return page(shown.map(productView), products.length > limit ? shown.at(-1)?.id : undefined)
  }),
  bind(api.getProduct, async (call, input) => {
    const product = await call.services.catalog.product(call.actor, productId(input))
    return product === undefined ? refused('not_found') : productView(product)
  }),
  bind(api.createProduct, async ({ services, actor }, { body }) => {
    const outcome = await services.catalog.saveProduct(actor, body)
    // A product that has these SKUs already is not to be changed by creating another.
    if (outcome.kind === 'saved' && outcome.product.version !== 1) throw undone('sku_taken')
    return saved(outcome)
  }),
  bind(
    api.replaceProduct,
    async ({ services, actor }, input) => {
      const outcome = await services.catalog.saveProduct(actor, input.body)
      if (outcome.kind === 'saved' && outcome.product.id !== input.params.id)
        throw undone('sku_taken')
      return saved(outcome)
    },
    versionOf,
  ),
  bind(api.publishProduct, (call, input) => setStatus(call, input, 'active'), versionOf),
  bind(api.archiveProduct, (call, input) => setStatus(call, input, 'archived'), versionOf),
  bind(api.listTaxCategories, async ({ work, actor }) => ({
    data: (await listTaxCategories(work, actor)).map((tax) => ({ ...tax })),
  })),
  bind(api.saveTaxCategory, async ({ services, actor }, { params, body }) => {
    await services.catalog.saveTaxCategory(actor, { ...params, ...body })
    return { ...params, ...body }
  }),
]

const statuses = ['draft', 'active', 'archived'] as const

function statusesOf(text: string): readonly Product['status'][] {
  const asked = text.split(',')
  return statuses.filter((status) => asked.includes(status))
}

async function versionOf({ services, actor }: Call, input: ById): Promise<number | undefined> {
  return (await services.catalog.product(actor, productId(input)))?.version
}

async function readOffer({ services, actor }: Call, input: ById) {
  const offer = await services.catalog.offer(actor, variantId(input))
  return offer === undefined ? refused('not_found') : offerView(offer)
}

async function setStatus(
  { services, actor }: Call,
  input: ById,
  status: 'active' | 'archived',
): Promise<ReturnType<typeof productView> | Refused> {
  const product = await services.catalog.product(actor, productId(input))
  if (product === undefined) return refused('not_found')
  return saved(await services.catalog.saveProduct(actor, { ...inputOf(product), status }))
}

function inputOf({ title, description, position, variants }: Product): ProductInput {
  const kept = variants.map(({ id: _id, ...variant }) => variant)
  return { title, position, variants: kept, ...(description === undefined ? {} : { description }) }
}

function saved(outcome: SaveProductOutcome): ReturnType<typeof productView> | Refused {
  return outcome.kind === 'refused' ? refused(outcome.reason) : productView(outcome.product)
}
