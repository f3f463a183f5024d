declare const brandName: unique symbol

/** A string that may not be swapped with another kind of string by mistake. */
export type Brand<Name extends string> = string & { readonly [brandName]: Name }

/** One business, the data controller. */
export type TenantId = Brand<'TenantId'>
/** One business number of a tenant. */
export type ChannelId = Brand<'ChannelId'>
/** One customer of a tenant. */
export type ContactId = Brand<'ContactId'>
/** One retention segment of a contact's thread. */
export type ConversationId = Brand<'ConversationId'>
/** One inbound or outbound message as stored by us. */
export type MessageId = Brand<'MessageId'>
/** One stored inbound event. */
export type InboxEventId = Brand<'InboxEventId'>
/** One outbound intent. */
export type OutboxId = Brand<'OutboxId'>
/** One order. */
export type OrderId = Brand<'OrderId'>
/** One product. */
export type ProductId = Brand<'ProductId'>
/** One sellable variant of a product. */
export type VariantId = Brand<'VariantId'>
/** One price row. */
export type PriceId = Brand<'PriceId'>
/** One member of a tenant's staff. */
export type MemberId = Brand<'MemberId'>
/** One person who can sign in, of any number of tenants. */
export type UserId = Brand<'UserId'>
/** One signed-in browser or device of a member. */
export type SessionId = Brand<'SessionId'>
/** One scheduled job. */
export type JobId = Brand<'JobId'>
/** One turn of the assistant. */
export type TurnId = Brand<'TurnId'>
/** One blob. */
export type BlobId = Brand<'BlobId'>

/** The branded ids, by name. */
export interface IdKinds {
  readonly TenantId: TenantId
  readonly ChannelId: ChannelId
  readonly ContactId: ContactId
  readonly ConversationId: ConversationId
  readonly MessageId: MessageId
  readonly InboxEventId: InboxEventId
  readonly OutboxId: OutboxId
  readonly OrderId: OrderId
  readonly ProductId: ProductId
  readonly VariantId: VariantId
  readonly PriceId: PriceId
  readonly MemberId: MemberId
  readonly UserId: UserId
  readonly SessionId: SessionId
  readonly JobId: JobId
  readonly TurnId: TurnId
  readonly BlobId: BlobId
}

/**
 * Marks a string as an id of the named kind. It checks nothing: use it at the edge where the kind is known (a database
 * row, a route parameter that was validated, a freshly made id).
 */
export function asId<Kind extends keyof IdKinds>(_kind: Kind, value: string): IdKinds[Kind] {
  return value as IdKinds[Kind]
}
