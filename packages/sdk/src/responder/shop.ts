import type { ContactId, Evidence, Money, VariantId } from '../kernel/index.ts'

/** A sellable variant as the menu shows it. All texts come from the business; amounts are formatted. */
export interface ShopItem {
  readonly variantId: VariantId
  readonly title: string
  readonly description?: string
  /** Formatted amount with its currency. */
  readonly price: string
  /** `false` when it is sold out. */
  readonly available: boolean
}

/** One line of a basket or order. */
export interface ShopLine {
  readonly variantId: VariantId
  readonly title: string
  readonly quantity: number
  /** Formatted total of the line. */
  readonly price: string
}

/** Something that differs from what the customer asked for, and that they must see before they confirm. */
export interface CartNotice {
  readonly reason: 'price_changed' | 'quantity_reduced' | 'not_available' | 'unknown_item'
  /** Title of the item; absent when we do not know it. */
  readonly title?: string
}

/** The contact's draft after a change. */
export interface CartView {
  readonly kind: 'cart'
  readonly lines: readonly ShopLine[]
  /** Formatted. */
  readonly total: string
  readonly notices: readonly CartNotice[]
}

/**
 * A frozen order that waits for its customer. The tokens are single-use; each is worth one tap by this contact before
 * `expiresAt`.
 */
export interface ProposalView {
  readonly kind: 'proposal'
  /** Short reference that customers and staff can name. */
  readonly ref: string
  readonly lines: readonly ShopLine[]
  /** Formatted. */
  readonly total: string
  readonly notices: readonly CartNotice[]
  readonly confirmToken: string
  readonly cancelToken: string
  readonly editToken: string
  readonly expiresAt: Date
  /** Signed page that shows the same proposal, for clients without buttons. */
  readonly link?: string
}

/** What an action token did; `repeated` when it had been used before and this is the stored result. */
export type ActionView =
  | {
      readonly kind: 'confirmed'
      readonly number: string
      readonly total: string
      readonly repeated: boolean
    }
  | { readonly kind: 'cancelled'; readonly ref: string; readonly repeated: boolean }
  | { readonly kind: 'edited'; readonly cart: CartView; readonly repeated: boolean }

/** An order as its customer sees it. */
export interface OrderView {
  readonly ref: string
  /** Given on confirmation. */
  readonly number?: string
  readonly status:
    | 'draft'
    | 'awaiting_customer'
    | 'confirmed'
    | 'preparing'
    | 'ready'
    | 'shipped'
    | 'completed'
    | 'cancelled'
    | 'expired'
  /** Formatted. */
  readonly total: string
  readonly placedAt: Date
}

/**
 * What the shop expects to go wrong. `expired`: the proposal waited too long. `changed`: it no longer matches the
 * catalog. `not_yours`: the token belongs to another contact. `used`: it was used for something else, or the order went
 * on without it. `unknown`: there is no such token. `needs_button`: the order is too large for a typed yes.
 */
export interface ShopRefusal {
  readonly kind: 'refused'
  readonly reason:
    | 'not_found'
    | 'sold_out'
    | 'insufficient_stock'
    | 'too_many'
    | 'empty'
    | 'expired'
    | 'changed'
    | 'not_yours'
    | 'used'
    | 'unknown'
    | 'needs_button'
  /** Title of the item it is about. */
  readonly title?: string
  /** Units that are left, with `insufficient_stock`. */
  readonly left?: number
}

/** What the contact is about to order. */
export interface BasketView extends CartView {
  readonly amount: Money
  /** Some of it is not in stock and would have to be ordered in. */
  readonly backordered: boolean
  /** It is a proposal that waits for the customer; changing it makes it a draft again. */
  readonly waiting: boolean
}

/** The contact's draft as a whole. */
export interface Basket {
  /** Nothing when there is neither a draft nor a waiting proposal. */
  read(contact: ContactId): Promise<BasketView | undefined>
  /** Sets quantities in whole units and leaves other lines; 0 takes an item out. Harmless to repeat. */
  set(
    contact: ContactId,
    lines: readonly { readonly variantId: VariantId; readonly quantity: number }[],
  ): Promise<BasketView | ShopRefusal>
}

/** What the menu asks of catalog and orders, for one business. Reads and changes happen in the caller's transaction. */
export interface Shop {
  readonly basket: Basket
  /** Everything that can be ordered, in the order the business wants it shown; at most 1,000 items. */
  browse(): Promise<readonly ShopItem[]>
  item(variantId: VariantId): Promise<ShopItem | undefined>
  /** Adds to the contact's draft, which it creates when there is none; quantity 0 takes the item out. */
  add(contact: ContactId, variantId: VariantId, quantity: number): Promise<CartView | ShopRefusal>
  /** A WhatsApp cart as the contact's draft, with our prices; once per `cartMessageId`. */
  fromCart(
    contact: ContactId,
    items: readonly { readonly retailerId: string; readonly quantity: number }[],
    cartMessageId: string,
  ): Promise<CartView | ShopRefusal>
  /** Freezes the draft and waits for the customer. */
  propose(contact: ContactId): Promise<ProposalView | ShopRefusal>
  /**
   * Runs a single-use action token; a second tap answers with the first one's result. `typed`: the customer wrote yes or
   * no instead of tapping, which confirms small orders only.
   */
  act(
    contact: ContactId,
    token: string,
    evidence: Evidence,
    options?: { readonly typed: boolean },
  ): Promise<ActionView | ShopRefusal>
  /** The contact's orders, newest first, drafts left out. */
  status(contact: ContactId): Promise<readonly OrderView[]>
}
