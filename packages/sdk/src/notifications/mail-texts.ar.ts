import type { MailTexts } from './mail-texts.ts'

/** Arabic; written from right to left. */
export const ar: MailTexts = {
  code: (code, minutes) => ({
    subject: 'رمز الدخول الخاص بك',
    lines: [
      `رمزك هو ${code}`,
      `اكتبه في النافذة التي طلبته منها، أو استخدم الزر في المتصفح نفسه. الرمز صالح لمدة ${minutes} دقائق ولمرة واحدة.`,
      'إن لم تطلبه فتجاهل هذه الرسالة. لا تخبر أحدًا بالرمز.',
    ],
    button: 'الدخول',
  }),
  invitation: ({ business, inviter, role, days }) => ({
    subject: `دعوة إلى ${business}`,
    lines: [
      `يدعوك ${inviter} للعمل مع ${business} بصفة ${role}.`,
      `الدعوة صالحة لمدة ${days} أيام ولهذا العنوان فقط.`,
      'إن كنت لا تعرف المرسل فتجاهل هذه الرسالة.',
    ],
    button: 'عرض الدعوة',
  }),
  sessionEnded: {
    subject: 'تم تسجيل خروجك حفاظًا على الأمان',
    lines: [
      'استُخدم رمز دخول قديم مرة ثانية، فأنهينا تلك الجلسة.',
      'قد يحدث ذلك عند استعادة متصفح من نسخة احتياطية. إذا رأيت جلسات لا تعرفها فأنهها كلها.',
    ],
  },
  roles: { owner: 'مالك', admin: 'مدير', agent: 'موظف', viewer: 'مشاهد' },
}
