import type { Texts } from './texts.ts'

/** Spanish. */
export const es: Texts = {
  welcome: (business) => `¡Hola! Te damos la bienvenida a ${business}. ¿Qué podemos hacer por ti?`,
  browse: 'Ver y pedir',
  orderStatus: 'Estado del pedido',
  person: 'Hablar con alguien',
  menu: 'Menú',
  fallback: 'Perdona, no te he entendido. Elige una opción o pide hablar con una persona.',
  cannotRead:
    '¡Gracias! No puedo leer este tipo de mensaje. Elige una opción o pide hablar con una persona.',
  youAreWelcome: '¡De nada! ¿Algo más?',
  nothingToConfirm: 'No hay nada pendiente de tu respuesta. ¿Qué podemos hacer por ti?',

  list: (business) => `Esto es lo que ofrece ${business}. Elige un producto para ver más.`,
  listButton: 'Ver productos',
  found: 'Esto es lo que hemos encontrado.',
  more: 'Más…',
  emptyCatalog: 'Ahora mismo no hay nada que pedir. Nuestro equipo te ayudará con gusto.',
  soldOutMark: 'Agotado',
  soldOut: (title) => `Lo sentimos, ${title} está agotado.`,
  itemGone: 'Lo sentimos, este producto ya no está disponible.',
  orderOne: 'Pedir 1',
  otherQuantity: 'Otra cantidad',
  backToList: 'Volver a la lista',
  howMany: (title) => `¿Cuántas unidades de ${title}? Elige o escribe un número hasta 99.`,
  quantityButton: 'Cantidad',
  onlyLeft: (title, left) => `Lo sentimos, solo quedan ${left} unidades de ${title}.`,
  tooMany: 'Es más de lo que cabe en un pedido. Elige menos, por favor.',

  proposal: (ref) => `Tu pedido ${ref}`,
  total: (amount) => `Total: ${amount}`,
  moreLines: (count) => `… y ${count} más`,
  confirm: 'Confirmar',
  change: 'Cambiar',
  cancel: 'Cancelar',
  notices: {
    price_changed: (title) => `El precio de ${title} ha cambiado.`,
    quantity_reduced: (title) => `Tenemos menos unidades de ${title} de las que pides.`,
    not_available: (title) => `${title} no está disponible y no se ha incluido.`,
    unknown_item: (title) => `No conocemos ${title}; no se ha incluido.`,
  },
  unnamedItem: 'un producto',

  confirmed: (number, total) => `¡Gracias! Tu pedido ${number} está confirmado. Total: ${total}`,
  confirmedAlready: (number) => `Tu pedido ${number} ya está confirmado.`,
  cancelled: (ref) => `El pedido ${ref} está cancelado. No se cobrará nada.`,
  expired: 'Esta propuesta ha caducado.',
  changed: 'Algo de este pedido ha cambiado desde entonces. Revísalo de nuevo, por favor.',
  notYours: 'Este botón pertenece a otro chat.',
  used: 'Este botón ya se ha usado.',
  unknownButton: 'Este botón ya no funciona.',
  needsButton: 'Para un pedido de este importe, pulsa Confirmar.',

  basket: 'Tu cesta',
  basketButton: 'Cambiar la cesta',
  emptyBasket: 'Tu cesta está vacía.',
  addMore: 'Añadir otro producto',
  checkOut: 'Pedir esto',
  remove: (title) => `Quitar ${title}`,

  noOrders: 'Todavía no tienes pedidos.',
  yourOrders: 'Tus últimos pedidos:',
  status: {
    draft: 'sin pedir',
    awaiting_customer: 'a la espera de tu confirmación',
    confirmed: 'confirmado',
    preparing: 'en preparación',
    ready: 'listo',
    shipped: 'en camino',
    completed: 'completado',
    cancelled: 'cancelado',
    expired: 'caducado',
  },

  handOff: 'Una persona de nuestro equipo te responderá aquí. Puedes seguir escribiendo.',
  handOffNotUnderstood:
    'No te he entendido, así que una persona de nuestro equipo te responderá aquí.',
  waiting: 'Nuestro equipo ya tiene tu solicitud. Una persona te responderá aquí.',
  personWithin: (minutes) =>
    minutes < 60
      ? `Solemos responder en ${minutes} min.`
      : `Solemos responder en ${Math.ceil(minutes / 60)} h.`,
  assistantIntro: (business) =>
    `Te escribe el asistente automático de ${business}. Escribe «persona» para hablar con nuestro equipo.`,
}
