const reasons = {
  stale_owner: 'a person took over before it left',
  suppressed_everything: 'WhatsApp cannot reach this customer; they have to write first',
  suppressed_marketing: 'this customer stopped marketing messages',
}

/** Why a message did not leave, in words where there are some for the code. */
export function reasonOf(code) {
  return reasons[code] ?? code
}

const stops = {
  credentials:
    'WhatsApp does not accept the access token any more. Put a new one into the settings first.',
  permission: 'The app may not send from this number. Check its permissions at Meta first.',
  account: 'Meta has locked the account or not approved its name. See the WhatsApp Manager first.',
  payment: 'Meta cannot charge the account. Add a payment method at Meta first.',
  setup: 'The number is not registered for sending. Register it at Meta first.',
  partner_removed: 'The business removed the connection to this number.',
  partner_app_uninstalled: 'The business removed the app from this number.',
  account_deleted: 'The WhatsApp account of this number was deleted.',
}

/** Why a number was stopped, and what to do before it may send again. */
export function stopReasonOf(code) {
  return stops[code] ?? `WhatsApp refused it (${code}).`
}
