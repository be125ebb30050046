import { type CardName, isCardName } from '@/lib/testing/stripe-fake/cards'
import { html } from '@/lib/testing/stripe-fake/page'

const CHOICE: readonly { name: CardName; label: string }[] = [
  { name: 'pm_card_visa', label: '4242: works' },
  { name: 'pm_card_chargeCustomerFail', label: '0341: is declined when it is charged' },
  { name: 'pm_card_fake_declinesOnce', label: '9995: is declined once, then works' },
  { name: 'pm_card_fake_expiring', label: '4000: works, and expires this month' },
]

/** Instead of a form for numbers: nobody can type a real card here. */
export function cardChoice() {
  return html`<fieldset>
<legend>Card</legend>
${CHOICE.map(
  ({ name, label }, place) =>
    html`<label><input type="radio" name="card" value="${name}"${place === 0 ? html` checked` : null}> ${label}</label>
`,
)}</fieldset>`
}

export function chosenCard(form: URLSearchParams): CardName {
  const name = form.get('card') ?? ''
  return isCardName(name) ? name : 'pm_card_visa'
}
