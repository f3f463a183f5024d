export type { ChallengeQuery, ChallengeResult } from './challenge.ts'
export { verifyChallenge } from './challenge.ts'
export type { Delivery, RefusalCode, Webhook, WebhookOptions, WebhookReply } from './handler.ts'
export { createWebhook, createWebhookHandler } from './handler.ts'
export type { EventInbox, InboxWebhookOptions } from './inbox-webhook.ts'
export type { NodeRequest, NodeResponse, WebhookListener } from './listener.ts'
export { createWebhookListener } from './listener.ts'
export type { ParseResult, UnreadableReason } from './parse.ts'
export { maxItemsPerChange, maxWebhookBytes, parseWebhook } from './parse.ts'
export type { HeaderValue, SignatureResult } from './signature.ts'
export { signatureHeader, verifySignature, verifySignatureAsync } from './signature.ts'
export type {
  EchoEvent,
  EventBase,
  HistoryEvent,
  HistoryItem,
  IdentityEvent,
  InboundEvent,
  MessageContext,
  MessageEvent,
  Party,
  ProviderErrorEvent,
  Referral,
  StatusEvent,
  UnknownEvent,
  UnknownReason,
} from './event.ts'
export type {
  MediaRef,
  MessageContent,
  OrderLine,
  ProviderError,
  SharedContact,
} from './content.ts'
export type {
  AccountAlertEvent,
  AccountEvent,
  AccountReviewEvent,
  AccountSettingsEvent,
  AdministrativeBase,
  AutomaticEvent,
  BusinessCapabilityEvent,
  CallEvent,
  ContactSyncEvent,
  FlowEvent,
  GroupEvent,
  HandoverEvent,
  NumberNameEvent,
  NumberQualityEvent,
  PartnerSolutionEvent,
  PaymentConfigurationEvent,
  PreferenceEvent,
  SecurityEvent,
  TemplateCategoryEvent,
  TemplateComponentsEvent,
  TemplateQualityEvent,
  TemplateRef,
  TemplateStatusEvent,
  UsernameEvent,
} from './account-event.ts'
