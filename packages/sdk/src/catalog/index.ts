export type { Demand, Shortage, StockDecision, TakeFacts } from './decide.ts'
export {
  availableOf,
  decideCount,
  decideRelease,
  decideTake,
  isForSale,
  resolvePrice,
  titleOf,
} from './decide.ts'
export type { CatalogListSubject } from './list.contract.ts'
export { catalogListContract } from './list.contract.ts'
export { createMemoryCatalogLists } from './list.memory.ts'
export type { CatalogLists, ProductQuery } from './list.ts'
export { listProducts, listTaxCategories } from './list.ts'
export type { PriceInput, ProductInput, StockInput } from './schema.ts'
export { priceInputSchema, productInputSchema, stockInputSchema } from './schema.ts'
export type { SaveProductOutcome } from './save-product.ts'
export type { Catalog, CatalogDeps, ResolvePriceOutcome } from './service.ts'
export type { CatalogRefusal, CatalogStores, PriceTimes } from './session.ts'
export { createCatalog } from './service.ts'
export type { TakeOutcome } from './stock.ts'
export { releaseStock, takeStock } from './stock.ts'
export type { CatalogSubject } from './store.contract.ts'
export { catalogContract } from './store.contract.ts'
export { createMemoryCatalogStore } from './store.memory.ts'
export type {
  CatalogStore,
  Offer,
  OfferQuery,
  Price,
  Product,
  Reservation,
  StockChange,
  StockItem,
  StockLevel,
  StockMovement,
  TaxCategory,
  Variant,
} from './store.ts'
export { catalogTools } from './tools.ts'
