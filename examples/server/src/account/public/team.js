import { call, read } from './api.js'
import { el } from './dom.js'
import {
  attempt,
  demoNote,
  field,
  form,
  say,
  sentence,
  show,
  signedInFrame,
  sure,
} from './frame.js'
import { withProof } from './step-up.js'
import { moment, texts } from './texts.js'

const words = texts.team
const me = await signedInFrame(words.title)
let demoLink
await attempt(draw)

async function draw() {
  const [{ data: members }, { data: invitations }, { mayGrant }] = await Promise.all([
    call('GET', '/members'),
    call('GET', '/invitations'),
    call('GET', '/me'),
  ])
  const may = (permission) => me.permissions.includes(permission)
  const team = {
    members,
    invitations,
    mayInvite: may('member:invite'),
    mayChange: may('member:change_role'),
    rolesToGive: mayGrant.roles,
  }
  show(
    words.title,
    el(
      'section',
      {},
      el('h2', {}, words.members),
      el(
        'ul',
        { class: 'rows' },
        team.members.map((member) => drawMember(member, team)),
      ),
    ),
    team.mayInvite ? drawInvite(team) : null,
    drawInvitations(team),
  )
}

function drawMember(member, team) {
  const { id, name, email, role, status } = member
  const isSelf = id === me.memberId
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'grow' },
      el('strong', { dir: 'auto' }, name),
      isSelf ? el('span', { class: 'tag' }, words.you) : null,
      status === 'suspended' ? el('span', { class: 'tag alarm' }, words.suspended) : null,
      el('p', { class: 'soft' }, el('bdi', {}, email)),
    ),
    team.mayChange && !isSelf && team.rolesToGive.includes(role)
      ? el('div', { class: 'row' }, chooseRole(member, team.rolesToGive), commands(member))
      : el('span', {}, texts.roles[role]),
  )
}

function chooseRole({ id, name, role, version }, rolesToGive) {
  const select = el(
    'select',
    {
      'aria-label': sentence(words.role, { name }),
      onchange: () =>
        void changed(() =>
          call('PATCH', `/members/${id}`, { version, body: { role: select.value } }),
        ),
    },
    rolesToGive.map((one) =>
      el('option', { value: one, selected: one === role }, texts.roles[one]),
    ),
  )
  return select
}

function commands({ id, name, status, version }) {
  const act = (wanted) =>
    changed(() =>
      wanted === 'remove'
        ? call('DELETE', `/members/${id}`, { version })
        : call('POST', `/members/${id}/${wanted}`, { version }),
    )
  const [word, wanted] =
    status === 'active' ? [words.suspend, 'suspend'] : [words.reactivate, 'reactivate']
  return [
    el(
      'button',
      { type: 'button', 'aria-label': `${word}: ${name}`, onclick: () => void act(wanted) },
      word,
    ),
    el(
      'button',
      {
        type: 'button',
        class: 'danger',
        'aria-label': `${words.remove}: ${name}`,
        onclick: sure(sentence(words.sureRemove, { name }), () => act('remove')),
      },
      words.remove,
    ),
  ]
}

async function changed(act) {
  const isDone = await attempt(() => withProof(me, act).then(draw), words.changed)
  // What the page shows shall be what holds, also after a no.
  if (!isDone) await draw().catch(() => undefined)
}

function drawInvite({ rolesToGive }) {
  const offered = rolesToGive.toReversed()
  return el(
    'section',
    {},
    el('h2', {}, words.invite),
    form(
      async ({ email, role }) => {
        await call('POST', '/invitations', { body: { email, role } })
        const { link } = await read(`/account/shown-invitation?email=${encodeURIComponent(email)}`)
        demoLink = link
        await draw()
        say(words.sent)
      },
      field(texts.signIn.email, {
        name: 'email',
        type: 'email',
        required: true,
        maxlength: '254',
        dir: 'ltr',
      }),
      el(
        'div',
        { class: 'field' },
        el('label', { for: 'field-role' }, words.inviteRole),
        el(
          'select',
          { id: 'field-role', name: 'role' },
          offered.map((role) =>
            el('option', { value: role, selected: role === 'agent' }, texts.roles[role]),
          ),
        ),
      ),
      el('button', { class: 'primary' }, words.send),
    ),
    demoLink === undefined
      ? null
      : demoNote(
          texts.demoLink,
          el('p', { class: 'link', dir: 'ltr' }, el('a', { href: demoLink }, demoLink)),
        ),
  )
}

function drawInvitations({ invitations, mayInvite }) {
  return el(
    'section',
    {},
    el('h2', {}, words.open),
    invitations.length === 0
      ? el('p', { class: 'empty' }, words.none)
      : el(
          'ul',
          { class: 'rows' },
          invitations.map(({ id, email, role, expiresAt }) =>
            el(
              'li',
              {},
              el(
                'div',
                { class: 'grow' },
                el('bdi', {}, email),
                el('span', { class: 'tag' }, texts.roles[role]),
                el('p', { class: 'soft' }, sentence(words.until, { time: moment(expiresAt) })),
              ),
              mayInvite
                ? el(
                    'button',
                    {
                      type: 'button',
                      'aria-label': `${words.takeBack}: ${email}`,
                      onclick: () =>
                        void attempt(async () => {
                          await call('DELETE', `/invitations/${id}`)
                          await draw()
                        }),
                    },
                    words.takeBack,
                  )
                : null,
            ),
          ),
        ),
  )
}
