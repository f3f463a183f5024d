import type { Actor } from './actor.ts'

/** What a list is narrowed to: conversations assigned to one member, or also those that wait in the queue. */
export interface Within {
  readonly assigneeId: string
  readonly withQueue: boolean
}

/** What lists are narrowed to for an actor; nothing for one that reaches everything. Pure. */
export function withinOf({ id, reach }: Pick<Actor, 'id' | 'reach'>): { readonly within?: Within } {
  return reach === undefined ? {} : { within: { assigneeId: id, withQueue: reach === 'queue' } }
}

/** Whether a conversation is among those that a list is narrowed to. Pure. */
export function isWithin(
  { owner, assigneeId }: { readonly owner: string; readonly assigneeId?: string },
  { assigneeId: member, withQueue }: Within,
): boolean {
  return assigneeId === member || (withQueue && owner === 'queue')
}
