import { asId } from '../kernel/index.ts'
import type { VariantId } from '../kernel/index.ts'

/**
 * What a tapped button or row asks for. Ids come from the customer's client, so everything but `act` may only do what
 * that customer can undo: look around, change their own draft, have it proposed again. `act` carries a single-use token.
 */
export type Choice =
  | { readonly kind: 'menu' | 'propose' | 'status' | 'person' }
  | { readonly kind: 'browse'; readonly page: number }
  | { readonly kind: 'item' | 'quantity' | 'remove'; readonly variantId: VariantId }
  | { readonly kind: 'add'; readonly variantId: VariantId; readonly quantity: number }
  | { readonly kind: 'act'; readonly token: string }

/** Most units of one item that a tap may add. */
export const maxQuantity = 99

/** The id of a button or row. */
export function choiceId(choice: Choice): string {
  switch (choice.kind) {
    case 'act':
      return `act:${choice.token}`
    case 'browse':
      return `nav:browse:${choice.page}`
    case 'add':
      return `nav:add:${choice.variantId}:${choice.quantity}`
    case 'item':
    case 'quantity':
    case 'remove':
      return `nav:${choice.kind}:${choice.variantId}`
    default:
      return `nav:${choice.kind}`
  }
}

/** The choice behind an id, or nothing when it is not one of ours. */
export function parseChoice(id: string): Choice | undefined {
  const token = /^act:([\w-]{16,128})$/.exec(id)?.[1]
  if (token !== undefined) return { kind: 'act', token }
  const [, verb, first, second] =
    /^nav:([a-z]+)(?::([0-9a-f-]{1,36}))?(?::(\d{1,2}))?$/.exec(id) ?? []
  switch (verb) {
    case 'menu':
    case 'propose':
    case 'status':
    case 'person':
      return first === undefined ? { kind: verb } : undefined
    case 'browse':
      return first !== undefined && /^\d{1,4}$/.test(first)
        ? { kind: 'browse', page: Number(first) }
        : undefined
    case 'item':
    case 'quantity':
    case 'remove':
      return isUuid(first) && second === undefined
        ? { kind: verb, variantId: asId('VariantId', first) }
        : undefined
    case 'add':
      return isUuid(first) && isQuantity(Number(second))
        ? { kind: 'add', variantId: asId('VariantId', first), quantity: Number(second) }
        : undefined
    default:
      return undefined
  }
}

/** Whether a number of units may be added at once. */
export function isQuantity(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= maxQuantity
}

function isUuid(value: string | undefined): value is string {
  return value !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
}
