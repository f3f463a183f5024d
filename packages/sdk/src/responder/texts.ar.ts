import type { Texts } from './texts.ts'

/** Arabic. Values from outside stand in direction isolates, so that Latin names and amounts keep their order. */
export const ar: Texts = {
  welcome: (business) => `أهلًا بك في ${isolate(business)}! كيف يمكننا مساعدتك؟`,
  browse: 'تصفح واطلب',
  orderStatus: 'حالة الطلب',
  person: 'التحدث مع موظف',
  menu: 'القائمة',
  fallback: 'عذرًا، لم أفهم ذلك. اختر من الخيارات أو اطلب التحدث مع موظف.',
  cannotRead:
    'شكرًا لك! لا أستطيع قراءة هذا النوع من الرسائل. اختر من الخيارات أو اطلب التحدث مع موظف.',
  youAreWelcome: 'على الرحب والسعة! هل من شيء آخر؟',
  nothingToConfirm: 'لا يوجد ما ينتظر ردك. كيف يمكننا مساعدتك؟',

  list: (business) => `هذا ما يقدمه ${isolate(business)}. اختر منتجًا لمعرفة المزيد.`,
  listButton: 'عرض المنتجات',
  found: 'هذا ما وجدناه.',
  more: 'المزيد…',
  emptyCatalog: 'لا يوجد ما يمكن طلبه الآن. يسعد فريقنا بمساعدتك.',
  soldOutMark: 'نفد',
  soldOut: (title) => `عذرًا، نفد ${isolate(title)}.`,
  itemGone: 'عذرًا، هذا المنتج لم يعد متوفرًا.',
  orderOne: 'اطلب 1',
  otherQuantity: 'كمية أخرى',
  backToList: 'العودة إلى القائمة',
  howMany: (title) => `كم تريد من ${isolate(title)}؟ اختر أو اكتب عددًا حتى 99.`,
  quantityButton: 'الكمية',
  onlyLeft: (title, left) => `عذرًا، لم يبق سوى ${left} من ${isolate(title)}.`,
  tooMany: 'هذا أكثر مما يتسع له طلب واحد. اختر أقل من فضلك.',

  proposal: (ref) => `طلبك ${isolate(ref)}`,
  total: (amount) => `المجموع: ${isolate(amount)}`,
  moreLines: (count) => `… و${count} أخرى`,
  confirm: 'تأكيد',
  change: 'تعديل',
  cancel: 'إلغاء',
  notices: {
    price_changed: (title) => `تغيّر سعر ${isolate(title)}.`,
    quantity_reduced: (title) => `المتوفر من ${isolate(title)} أقل مما طلبت.`,
    not_available: (title) => `${isolate(title)} غير متوفر ولم تتم إضافته.`,
    unknown_item: (title) => `لا نعرف ${isolate(title)} ولم تتم إضافته.`,
  },
  unnamedItem: 'أحد المنتجات',

  confirmed: (number, total) =>
    `شكرًا لك! تم تأكيد طلبك ${isolate(number)}. المجموع: ${isolate(total)}`,
  confirmedAlready: (number) => `طلبك ${isolate(number)} مؤكد بالفعل.`,
  cancelled: (ref) => `تم إلغاء الطلب ${isolate(ref)}. لن يُحصَّل أي مبلغ.`,
  expired: 'انتهت صلاحية هذا العرض.',
  changed: 'تغيّر شيء في هذا الطلب منذ ذلك الحين. راجعه مرة أخرى من فضلك.',
  notYours: 'هذا الزر يخص محادثة أخرى.',
  used: 'تم استخدام هذا الزر من قبل.',
  unknownButton: 'هذا الزر لم يعد يعمل.',
  needsButton: 'لطلب بهذه القيمة، اضغط على زر التأكيد من فضلك.',

  basket: 'سلتك',
  basketButton: 'تعديل السلة',
  emptyBasket: 'سلتك فارغة.',
  addMore: 'إضافة منتج آخر',
  checkOut: 'اطلب هذا',
  remove: (title) => `إزالة ${isolate(title)}`,

  noOrders: 'ليست لديك طلبات بعد.',
  yourOrders: 'أحدث طلباتك:',
  status: {
    draft: 'لم يُطلب بعد',
    awaiting_customer: 'بانتظار تأكيدك',
    confirmed: 'مؤكد',
    preparing: 'قيد التحضير',
    ready: 'جاهز',
    shipped: 'في الطريق',
    completed: 'مكتمل',
    cancelled: 'ملغى',
    expired: 'منتهي الصلاحية',
  },

  handOff: 'سيرد عليك هنا أحد أفراد فريقنا. يمكنك متابعة الكتابة.',
  handOffNotUnderstood: 'لم أفهم ذلك، لذا سيرد عليك هنا أحد أفراد فريقنا.',
  waiting: 'وصل طلبك إلى فريقنا. سيرد عليك أحدهم هنا.',
  personWithin: (minutes) =>
    minutes < 60
      ? `نرد عادة خلال ${minutes} دقيقة.`
      : `نرد عادة خلال ${Math.ceil(minutes / 60)} ساعة.`,
  assistantIntro: (business) =>
    `يرد عليك المساعد الآلي لدى ${isolate(business)}. اكتب "موظف" للتحدث مع فريقنا.`,
}

function isolate(value: string): string {
  return `\u2068${value}\u2069`
}
