import type { Locale } from '@auronx/sdk'

/** What the action page says, in one language. */
export interface ActionTexts {
  readonly title: string
  readonly total: string
  readonly confirm: string
  readonly edit: string
  readonly cancel: string
  readonly confirmed: string
  readonly edited: string
  readonly cancelled: string
  readonly expired: string
  readonly changed: string
  readonly unknown: string
  readonly refused: string
}

/** Texts of the action page by language. */
export const actionTexts: Readonly<Record<Locale, ActionTexts>> = {
  en: {
    title: 'Your order',
    total: 'Total',
    confirm: 'Confirm order',
    edit: 'Change',
    cancel: 'Cancel order',
    confirmed: 'Thank you! Your order is confirmed.',
    edited: 'The order is open again. Go back to the chat to change it.',
    cancelled: 'The order is cancelled.',
    expired: 'This offer has expired. Ask for a new one in the chat.',
    changed: 'The order has changed since. Please look at the newest message in the chat.',
    unknown: 'This link is not valid.',
    refused: 'That is not possible any more. Please ask in the chat.',
  },
  es: {
    title: 'Tu pedido',
    total: 'Total',
    confirm: 'Confirmar pedido',
    edit: 'Cambiar',
    cancel: 'Cancelar pedido',
    confirmed: '¡Gracias! Tu pedido está confirmado.',
    edited: 'El pedido está abierto de nuevo. Vuelve al chat para cambiarlo.',
    cancelled: 'El pedido está cancelado.',
    expired: 'Esta oferta ha caducado. Pide una nueva en el chat.',
    changed: 'El pedido ha cambiado. Mira el último mensaje del chat.',
    unknown: 'Este enlace no es válido.',
    refused: 'Eso ya no es posible. Pregunta en el chat.',
  },
  pt: {
    title: 'O seu pedido',
    total: 'Total',
    confirm: 'Confirmar pedido',
    edit: 'Alterar',
    cancel: 'Cancelar pedido',
    confirmed: 'Obrigado! O seu pedido está confirmado.',
    edited: 'O pedido está aberto de novo. Volte à conversa para o alterar.',
    cancelled: 'O pedido está cancelado.',
    expired: 'Esta oferta expirou. Peça uma nova na conversa.',
    changed: 'O pedido mudou entretanto. Veja a última mensagem da conversa.',
    unknown: 'Esta ligação não é válida.',
    refused: 'Isso já não é possível. Pergunte na conversa.',
  },
  ar: {
    title: 'طلبك',
    total: 'المجموع',
    confirm: 'تأكيد الطلب',
    edit: 'تعديل',
    cancel: 'إلغاء الطلب',
    confirmed: 'شكرًا لك! تم تأكيد طلبك.',
    edited: 'الطلب مفتوح من جديد. عُد إلى المحادثة لتعديله.',
    cancelled: 'تم إلغاء الطلب.',
    expired: 'انتهت صلاحية هذا العرض. اطلب عرضًا جديدًا في المحادثة.',
    changed: 'تغيّر الطلب منذ ذلك الحين. راجع أحدث رسالة في المحادثة.',
    unknown: 'هذا الرابط غير صالح.',
    refused: 'لم يعد ذلك ممكنًا. اسأل في المحادثة.',
  },
}
