/** Something in a text that names a person or opens a door. */
export interface Personal {
  readonly kind: 'phone' | 'email' | 'card' | 'iban' | 'tax_id' | 'code' | 'user_id' | 'id'
  readonly start: number
  readonly value: string
}

/** What of a text must not leave for a model, in order and without overlaps. Pure. */
export function findPersonal(_text: string): readonly Personal[] {
  return []
}
