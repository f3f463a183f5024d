import type { VariantId } from '../kernel/index.ts'

/** What a handle may name: a variant that is on sale, or an order of this contact by its reference. */
export type HandleTarget =
  | { readonly kind: 'variant'; readonly id: VariantId }
  | { readonly kind: 'order'; readonly ref: string }

/**
 * The capability set of one turn: short names we have given out, and slots whose values only our renderer writes. What
 * was not given a name in this turn cannot be named.
 */
export interface Handles {
  /** The name of a target: `v1`, `v2` … for variants, `o1` … for orders. The same target keeps its name. */
  give(target: HandleTarget): string
  variant(handle: string): VariantId | undefined
  /** The reference of an order. */
  order(handle: string): string | undefined
  /** A slot such as `{a1}`, in whose place the customer reads `text`. */
  slot(text: string): string
  /** The value of a slot, or nothing. */
  value(slot: string): string | undefined
  /** Every name given so far. */
  names(): readonly string[]
}

/** An empty capability set. */
export function createHandles(): Handles {
  const variants = new Map<string, VariantId>()
  const orders = new Map<string, string>()
  const slots = new Map<string, string>()
  const nameIn = <Target>(
    names: Map<string, Target>,
    prefix: string,
    target: Target,
    close = '',
  ): string => {
    for (const [name, known] of names) if (known === target) return name
    const name = `${prefix}${names.size + 1}${close}`
    names.set(name, target)
    return name
  }
  return {
    give: (target) =>
      target.kind === 'variant'
        ? nameIn(variants, 'v', target.id)
        : nameIn(orders, 'o', target.ref),
    variant: (handle) => variants.get(handle),
    order: (handle) => orders.get(handle),
    slot: (text) => nameIn(slots, '{a', text, '}'),
    value: (slot) => slots.get(slot),
    names: () => [...variants.keys(), ...orders.keys()],
  }
}
