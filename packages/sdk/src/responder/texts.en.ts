import type { Texts } from './texts.ts'

/** English. */
export const en: Texts = {
  welcome: (business) => `Welcome to ${business}! What can we do for you?`,
  browse: 'Browse and order',
  orderStatus: 'Order status',
  person: 'Talk to a person',
  menu: 'Menu',
  fallback: 'Sorry, I did not understand that. Please choose, or ask for a person.',
  cannotRead:
    'Thank you! I cannot read this kind of message. Please choose, or ask for a person who can.',
  youAreWelcome: 'You are welcome! Anything else?',
  nothingToConfirm: 'There is nothing waiting for your answer. What can we do for you?',

  list: (business) => `This is what ${business} offers. Choose an item to see more.`,
  listButton: 'See items',
  found: 'This is what we found.',
  more: 'More…',
  emptyCatalog: 'There is nothing to order right now. Our team will be glad to help.',
  soldOutMark: 'Sold out',
  soldOut: (title) => `Sorry, ${title} is sold out.`,
  itemGone: 'Sorry, this item is no longer available.',
  orderOne: 'Order 1',
  otherQuantity: 'Other quantity',
  backToList: 'Back to the list',
  howMany: (title) => `How many of ${title}? Choose, or type a number up to 99.`,
  quantityButton: 'Quantity',
  onlyLeft: (title, left) => `Sorry, there are only ${left} of ${title} left.`,
  tooMany: 'That is more than one order can hold. Please choose less.',

  proposal: (ref) => `Your order ${ref}`,
  total: (amount) => `Total: ${amount}`,
  moreLines: (count) => `… and ${count} more`,
  confirm: 'Confirm',
  change: 'Change',
  cancel: 'Cancel',
  notices: {
    price_changed: (title) => `The price of ${title} has changed.`,
    quantity_reduced: (title) => `We have less of ${title} than you asked for.`,
    not_available: (title) => `${title} is not available and was left out.`,
    unknown_item: (title) => `We do not know ${title}; it was left out.`,
  },
  unnamedItem: 'an item',

  confirmed: (number, total) => `Thank you! Your order ${number} is confirmed. Total: ${total}`,
  confirmedAlready: (number) => `Your order ${number} is confirmed already.`,
  cancelled: (ref) => `Order ${ref} is cancelled. Nothing will be charged.`,
  expired: 'This offer has expired.',
  changed: 'Something in this order has changed since. Please look at it again.',
  notYours: 'This button belongs to another chat.',
  used: 'This button has been used already.',
  unknownButton: 'This button does not work any more.',
  needsButton: 'For an order of this size, please tap Confirm.',

  basket: 'Your basket',
  basketButton: 'Change basket',
  emptyBasket: 'Your basket is empty.',
  addMore: 'Add something else',
  checkOut: 'Order this',
  remove: (title) => `Remove ${title}`,

  noOrders: 'You have no orders yet.',
  yourOrders: 'Your latest orders:',
  status: {
    draft: 'not ordered yet',
    awaiting_customer: 'waiting for your confirmation',
    confirmed: 'confirmed',
    preparing: 'being prepared',
    ready: 'ready',
    shipped: 'on its way',
    completed: 'completed',
    cancelled: 'cancelled',
    expired: 'expired',
  },

  handOff: 'A person from our team will answer you here. You can keep writing.',
  handOffNotUnderstood:
    'I did not understand that, so a person from our team will answer you here.',
  waiting: 'Our team has your request. A person will answer you here.',
  personWithin: (minutes) =>
    minutes < 60
      ? `We usually answer within ${minutes} min.`
      : `We usually answer within ${Math.ceil(minutes / 60)} h.`,
  assistantIntro: (business) =>
    `You are writing with the automated assistant of ${business}. Write "person" to reach our team.`,
}
