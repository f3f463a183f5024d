import type { MailTexts } from './mail-texts.ts'

/** Spanish. */
export const es: MailTexts = {
  code: (code, minutes) => ({
    subject: 'Tu código de acceso',
    lines: [
      `Tu código es ${code}`,
      `Escríbelo en la ventana donde lo pediste o usa el botón en ese mismo navegador. Vale durante ${minutes} minutos y para un solo uso.`,
      'Si no lo pediste, ignora este correo. No le digas el código a nadie.',
    ],
    button: 'Entrar',
  }),
  invitation: ({ business, inviter, role, days }) => ({
    subject: `Invitación a ${business}`,
    lines: [
      `${inviter} te invita a trabajar con ${business} con el rol ${role}.`,
      `La invitación vale durante ${days} días y solo para esta dirección.`,
      'Si no conoces a quien la envía, ignora este correo.',
    ],
    button: 'Ver la invitación',
  }),
  sessionEnded: {
    subject: 'Cerramos tu sesión por seguridad',
    lines: [
      'Un token de acceso antiguo se usó por segunda vez, así que cerramos esa sesión.',
      'Puede ocurrir al restaurar un navegador desde una copia. Si ves sesiones que no conoces, ciérralas todas.',
    ],
  },
  roles: {
    owner: 'propietario',
    admin: 'administrador',
    agent: 'agente',
    viewer: 'solo lectura',
  },
}
