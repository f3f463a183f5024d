import type { MailTexts } from './mail-texts.ts'

/** Portuguese. */
export const pt: MailTexts = {
  code: (code, minutes) => ({
    subject: 'Seu código de acesso',
    lines: [
      `Seu código é ${code}`,
      `Digite-o na janela em que o pediu ou use o botão nesse mesmo navegador. Vale por ${minutes} minutos e para um único uso.`,
      'Se não foi você que pediu, ignore este e-mail. Não diga o código a ninguém.',
    ],
    button: 'Entrar',
  }),
  invitation: ({ business, inviter, role, days }) => ({
    subject: `Convite para ${business}`,
    lines: [
      `${inviter} convida você a trabalhar com ${business} com a função ${role}.`,
      `O convite vale por ${days} dias e só para este endereço.`,
      'Se você não conhece o remetente, ignore este e-mail.',
    ],
    button: 'Ver o convite',
  }),
  sessionEnded: {
    subject: 'Encerramos sua sessão por segurança',
    lines: [
      'Um token de acesso antigo foi usado pela segunda vez, por isso encerramos essa sessão.',
      'Pode acontecer quando um navegador é restaurado de uma cópia. Se houver sessões que você não conhece, encerre todas.',
    ],
  },
  roles: {
    owner: 'proprietário',
    admin: 'administrador',
    agent: 'atendente',
    viewer: 'somente leitura',
  },
}
