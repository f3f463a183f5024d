import { h, icon } from './dom.js'
import { say } from './words.js'

/** Opens a sheet from the bottom; Escape and a tap beside it close it. Returns a function that closes it. */
export function sheet(title, className, content) {
  const close = () => dialog.close()
  const dialog = h(
    'dialog',
    { class: `sheet ${className}`, 'aria-label': title },
    h(
      'div',
      { class: 'sheet-head' },
      h('h2', { dir: 'auto' }, title),
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': say('close'), onclick: close },
        icon('close'),
      ),
    ),
  )
  dialog.append(...content(close))
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) close()
  })
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  return close
}

/** The rows of a list message; one tap answers. */
export function listSheet({ list }, choose) {
  sheet(list.button, 'list-sheet', (close) =>
    list.sections.map((section) =>
      h(
        'section',
        {},
        section.title ? h('h3', { dir: 'auto' }, section.title) : undefined,
        ...section.rows.map((row) =>
          h(
            'button',
            {
              type: 'button',
              class: 'list-row',
              onclick: () => {
                close()
                choose(row.id)
              },
            },
            h('b', { dir: 'auto' }, row.title),
            row.description ? h('span', { dir: 'auto' }, row.description) : undefined,
          ),
        ),
      ),
    ),
  )
}

const emojis = ['👍', '❤️', '😂', '😮', '😢', '🙏']

/** Six emoji for a message. */
export function reactionSheet(choose) {
  sheet(say('react'), 'reaction-sheet', (close) => [
    h(
      'div',
      { class: 'emojis' },
      ...emojis.map((emoji) =>
        h(
          'button',
          {
            type: 'button',
            onclick: () => {
              close()
              choose(emoji)
            },
          },
          emoji,
        ),
      ),
    ),
  ])
}

/** What can be sent besides text. `items` are `{ icon, label, run }`. */
export function attachSheet(items) {
  sheet(say('attach'), 'attach-sheet', (close) => [
    h(
      'div',
      { class: 'tiles' },
      ...items.map((item) =>
        h(
          'button',
          {
            type: 'button',
            onclick: () => {
              close()
              item.run()
            },
          },
          h('span', { class: 'tile' }, icon(item.icon)),
          item.label,
        ),
      ),
    ),
  ])
}

/** The people of the simulator: switch, switch a phone off, or add one. */
export function peopleSheet({ people, activeId, choose, power, add }) {
  sheet(say('people'), 'people-sheet', (close) => [
    h(
      'ul',
      { class: 'people' },
      ...people.map((person) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              class: 'person',
              'aria-current': person.id === activeId ? 'true' : undefined,
              onclick: () => {
                close()
                choose(person.id)
              },
            },
            h(
              'span',
              { class: `avatar hue-${hueOf(person.id)}`, 'aria-hidden': 'true' },
              initial(person.name),
            ),
            h(
              'span',
              { class: 'person-words' },
              h('b', { dir: 'auto' }, person.name, ' ', h('small', { dir: 'ltr' }, person.label)),
              h('span', { dir: 'auto', class: 'last' }, person.last),
            ),
          ),
          h(
            'label',
            { class: 'switch', title: say('power') },
            h('input', {
              type: 'checkbox',
              checked: person.reachable,
              'aria-label': `${say('power')}: ${person.name}`,
              onchange: (event) => power(person.id, event.target.checked),
            }),
            h('span', { 'aria-hidden': 'true' }),
          ),
        ),
      ),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'primary',
        onclick: () => {
          close()
          add()
        },
      },
      `+ ${say('newPerson')}`,
    ),
  ])
}

/** Asks for a new customer, with a phone number or with a username only. `create` may reject. */
export function newPersonSheet({ suggestion, create }) {
  const name = h('input', {
    id: 'new-name',
    required: true,
    maxLength: 100,
    value: suggestion.name,
    dir: 'auto',
  })
  const phone = h('input', {
    id: 'new-phone',
    type: 'tel',
    value: suggestion.phone,
    dir: 'ltr',
    pattern: '\\+?[0-9 ]{6,20}',
  })
  const username = h('input', {
    id: 'new-username',
    dir: 'ltr',
    maxLength: 30,
    pattern: '@?[A-Za-z0-9._]{3,30}',
  })
  const phoneField = h('label', {}, say('phone'), phone)
  const usernameField = h('label', { hidden: true }, say('username'), username)
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true })
  const submit = h('button', { type: 'submit', class: 'primary' }, say('create'))
  const choice = (value, label, checked) =>
    h(
      'label',
      { class: 'radio' },
      h('input', { type: 'radio', name: 'identity', value, checked }),
      label,
    )
  const form = h(
    'form',
    { class: 'fields' },
    h('label', {}, say('name'), name),
    h(
      'fieldset',
      {},
      choice('phone', say('withPhone'), true),
      choice('username', say('withoutPhone'), false),
    ),
    phoneField,
    usernameField,
    problem,
    submit,
  )
  const hidesPhone = () => new FormData(form).get('identity') === 'username'
  form.addEventListener('change', () => {
    phoneField.hidden = hidesPhone()
    usernameField.hidden = !hidesPhone()
  })
  sheet(say('newPerson'), 'new-sheet', (close) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      if (submit.disabled) return
      submit.disabled = true
      const given = hidesPhone()
        ? { name: name.value, username: username.value }
        : { name: name.value, phone: phone.value }
      create(given).then(close, (error) => {
        submit.disabled = false
        problem.textContent = error.message
        problem.hidden = false
      })
    })
    return [form]
  })
  name.select()
}

/** The first letter of a name. */
export function initial(name) {
  return [...name.trim()][0]?.toUpperCase() ?? '?'
}

/** One of six colours for an id. */
export function hueOf(id) {
  return [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6
}
