import { command } from './api.js'
import { el } from './dom.js'
import { demoNote, field, form, sentence } from './frame.js'
import { language, texts } from './texts.js'

/**
 * Runs a command that may need a fresh proof of who is there: then asks for a mailed code and runs it again. Throws what the
 * command throws, or `cancelled`.
 */
export async function withProof(me, act) {
  try {
    return await act()
  } catch (error) {
    if (error.code !== 'reauthentication_required') throw error
  }
  const asked = await command('/auth/code', { email: me.email, locale: language })
  await askCode(me, asked.demoCode)
  return act()
}

function askCode({ email }, demoCode) {
  return new Promise((resolve, reject) => {
    let isProven = false
    const dialog = el(
      'dialog',
      {
        class: 'dialog',
        'aria-label': texts.confirm.title,
        onclose: () => {
          dialog.remove()
          if (isProven) resolve()
          else reject(Object.assign(new Error('cancelled'), { code: 'cancelled' }))
        },
      },
      el('h2', {}, texts.confirm.title),
      el('div', { class: 'toasts inside', role: 'status' }),
      el('p', { class: 'soft' }, sentence(texts.confirm.intro, { email })),
      demoCode === undefined
        ? null
        : demoNote(texts.demoCode, el('p', { class: 'code', dir: 'ltr' }, demoCode)),
      form(
        async ({ code }) => {
          await command('/auth/code/verify', { code })
          await command('/auth/step-up', {})
          isProven = true
          dialog.close()
        },
        field(texts.code.label, {
          name: 'code',
          autocomplete: 'one-time-code',
          required: true,
          maxlength: '12',
          dir: 'ltr',
          class: 'code',
        }),
        el(
          'div',
          { class: 'row' },
          el('button', { type: 'button', onclick: () => dialog.close() }, texts.cancel),
          el('button', { class: 'primary' }, texts.code.go),
        ),
      ),
    )
    document.body.append(dialog)
    dialog.showModal()
  })
}
