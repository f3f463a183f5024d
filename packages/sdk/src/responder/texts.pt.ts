import type { Texts } from './texts.ts'

/** Portuguese. */
export const pt: Texts = {
  welcome: (business) => `Olá! Damos-lhe as boas-vindas à ${business}. Como podemos ajudar?`,
  browse: 'Ver e pedir',
  orderStatus: 'Estado do pedido',
  person: 'Falar com alguém',
  menu: 'Menu',
  fallback: 'Desculpe, não entendi. Escolha uma opção ou peça para falar com uma pessoa.',
  cannotRead:
    'Obrigado! Não consigo ler este tipo de mensagem. Escolha uma opção ou peça para falar com uma pessoa.',
  youAreWelcome: 'De nada! Mais alguma coisa?',
  nothingToConfirm: 'Não há nada à espera da sua resposta. Como podemos ajudar?',

  list: (business) => `Isto é o que ${business} oferece. Escolha um produto para ver mais.`,
  listButton: 'Ver produtos',
  found: 'Foi isto que encontrámos.',
  more: 'Mais…',
  emptyCatalog: 'Neste momento não há nada para pedir. A nossa equipa ajuda com todo o gosto.',
  soldOutMark: 'Esgotado',
  soldOut: (title) => `Lamentamos, ${title} está esgotado.`,
  itemGone: 'Lamentamos, este produto já não está disponível.',
  orderOne: 'Pedir 1',
  otherQuantity: 'Outra quantidade',
  backToList: 'Voltar à lista',
  howMany: (title) => `Quantas unidades de ${title}? Escolha ou escreva um número até 99.`,
  quantityButton: 'Quantidade',
  onlyLeft: (title, left) => `Lamentamos, só restam ${left} unidades de ${title}.`,
  tooMany: 'É mais do que cabe num pedido. Escolha menos, por favor.',

  proposal: (ref) => `O seu pedido ${ref}`,
  total: (amount) => `Total: ${amount}`,
  moreLines: (count) => `… e mais ${count}`,
  confirm: 'Confirmar',
  change: 'Alterar',
  cancel: 'Cancelar',
  notices: {
    price_changed: (title) => `O preço de ${title} mudou.`,
    quantity_reduced: (title) => `Temos menos unidades de ${title} do que pediu.`,
    not_available: (title) => `${title} não está disponível e não foi incluído.`,
    unknown_item: (title) => `Não conhecemos ${title}; não foi incluído.`,
  },
  unnamedItem: 'um produto',

  confirmed: (number, total) => `Obrigado! O seu pedido ${number} está confirmado. Total: ${total}`,
  confirmedAlready: (number) => `O seu pedido ${number} já está confirmado.`,
  cancelled: (ref) => `O pedido ${ref} foi cancelado. Nada será cobrado.`,
  expired: 'Esta proposta expirou.',
  changed: 'Algo neste pedido mudou entretanto. Veja-o de novo, por favor.',
  notYours: 'Este botão pertence a outra conversa.',
  used: 'Este botão já foi usado.',
  unknownButton: 'Este botão já não funciona.',
  needsButton: 'Para um pedido deste valor, toque em Confirmar.',

  basket: 'O seu cesto',
  basketButton: 'Alterar o cesto',
  emptyBasket: 'O seu cesto está vazio.',
  addMore: 'Juntar outro produto',
  checkOut: 'Pedir isto',
  remove: (title) => `Retirar ${title}`,

  noOrders: 'Ainda não tem pedidos.',
  yourOrders: 'Os seus últimos pedidos:',
  status: {
    draft: 'por pedir',
    awaiting_customer: 'à espera da sua confirmação',
    confirmed: 'confirmado',
    preparing: 'em preparação',
    ready: 'pronto',
    shipped: 'a caminho',
    completed: 'concluído',
    cancelled: 'cancelado',
    expired: 'expirado',
  },

  handOff: 'Uma pessoa da nossa equipa vai responder aqui. Pode continuar a escrever.',
  handOffNotUnderstood: 'Não entendi, por isso uma pessoa da nossa equipa vai responder aqui.',
  waiting: 'A nossa equipa já tem o seu pedido de contacto. Uma pessoa vai responder aqui.',
  personWithin: (minutes) =>
    minutes < 60
      ? `Costumamos responder em ${minutes} min.`
      : `Costumamos responder em ${Math.ceil(minutes / 60)} h.`,
  assistantIntro: (business) =>
    `Está a falar com o assistente automático de ${business}. Escreva «pessoa» para falar com a nossa equipa.`,
}
