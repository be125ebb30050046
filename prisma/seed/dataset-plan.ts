/** The cases that the demo's own agent is evaluated on. */

export interface DemoCase {
  name: string
  topic: string
  audience?: string
  expected: string
}

export const BRIEFING_DATASET = {
  slug: 'acme',
  name: 'Briefing topics',
  description:
    'What teams asked of Topic briefing since it was made, with what a good briefing has to say. Names of customers are taken out.',
  by: 'linus@acme.example',
  createdAgo: 19,
  /** The last ones were added later. */
  laterBy: 'ada@acme.example',
  laterAgo: 5,
  later: 4,
}

export const BRIEFING_CASES: readonly DemoCase[] = [
  {
    name: 'EU AI Act',
    topic: 'the EU AI Act',
    audience: 'the legal team',
    expected:
      'Says which duties of the EU AI Act already hold for Acme as a deployer, names the next date, and asks for a list of AI systems by risk class.',
  },
  {
    name: 'Data Act',
    topic: 'the EU Data Act and our fleet sensors',
    audience: 'product managers',
    expected:
      'Names who may have the data of the fleet sensors under the EU Data Act, and what the product has to offer for it.',
  },
  {
    name: 'NIS2',
    topic: 'NIS2 reporting duties',
    audience: 'the operations team',
    expected:
      'Gives the deadlines of NIS2 reporting: an early warning in 24 hours, a notification in 72 hours, a final report in a month.',
  },
  {
    name: 'Accessibility Act',
    topic: 'the European Accessibility Act and our web shop',
    expected:
      'Says that the web shop has to meet the European Accessibility Act, what WCAG level that means, and who checks it.',
  },
  {
    name: 'E-invoicing in Germany',
    topic: 'e-invoicing between companies in Germany',
    audience: 'finance',
    expected:
      'Separates receiving e-invoicing documents, which holds now, from sending them, with the dates by turnover.',
  },
  {
    name: 'CSRD after the omnibus',
    topic: 'CSRD reporting after the omnibus proposal',
    audience: 'the board',
    expected:
      'Tells whether Acme is still in scope of CSRD reporting, what was postponed, and recommends one next step.',
  },
  {
    name: 'Vehicle-to-grid',
    topic: 'vehicle-to-grid charging for delivery fleets',
    expected:
      'Explains vehicle-to-grid charging in two sentences, names which vehicles of a delivery fleet can do it, and what it earns.',
  },
  {
    name: 'Solid-state batteries',
    topic: 'solid-state batteries in vans before 2030',
    audience: 'procurement',
    expected:
      'Is careful: no volume deliveries of solid-state batteries for vans before 2030 are certain. Advises contracts that stay open.',
  },
  {
    name: 'Tachograph 2',
    topic: 'the second version of the smart tachograph',
    audience: 'fleet managers',
    expected:
      'Says by when which vehicles need the second version of the smart tachograph, and what happens at a check without one.',
  },
  {
    name: 'Toll by CO2 class',
    topic: 'truck tolls by CO2 class',
    audience: 'dispatch',
    expected:
      'Shows how truck tolls differ by CO2 class and what a route from Hamburg to Munich costs more than before.',
  },
  {
    name: 'Low-emission zones',
    topic: 'new low-emission zones in Italian cities',
    audience: 'dispatch',
    expected:
      'Lists the Italian cities with low-emission zones that our routes cross, and which vehicles may no longer enter.',
  },
  {
    name: 'Cold chain',
    topic: 'temperature records in the cold chain for medicine',
    audience: 'warehouse leads',
    expected:
      'Names the temperature range, how long records in the cold chain are kept, and what to do with a delivery that was too warm.',
  },
  {
    name: 'Lithium by air',
    topic: 'sending lithium batteries by air',
    audience: 'warehouse leads',
    expected:
      'Gives the limit of charge for lithium batteries by air, the label that is needed, and who may pack them.',
  },
  {
    name: 'Customs after Brexit',
    topic: 'safety declarations for imports into Great Britain',
    expected:
      'Says since when safety declarations are needed for imports into Great Britain, and who hands them in.',
  },
  {
    name: 'CBAM',
    topic: 'CBAM for spare parts of steel',
    audience: 'procurement',
    expected:
      'Decides whether spare parts of steel fall under CBAM by their tariff number, and names the threshold by weight.',
  },
  {
    name: 'Passkeys',
    topic: 'passkeys instead of passwords for drivers',
    audience: 'the support team',
    expected:
      'Explains passkeys without jargon, what a driver does who lost the phone, and why passwords go later.',
  },
  {
    name: 'Phishing by voice',
    topic: 'phone calls with cloned voices',
    audience: 'everybody at Acme',
    expected:
      'Tells how calls with cloned voices sound, and gives one rule: hang up and call back by a known number.',
  },
  {
    name: 'Post-quantum',
    topic: 'post-quantum encryption of our VPN',
    audience: 'the operations team',
    expected:
      'Says what of the VPN is at risk, which post-quantum key exchange is standard, and when to change.',
  },
  {
    name: 'Cloud exit',
    topic: 'leaving a cloud provider within six months',
    audience: 'the board',
    expected:
      'Names three costs of leaving a cloud provider within six months, what a contract must say about it, and one risk of staying.',
  },
  {
    name: 'Four-day week',
    topic: 'a four-day week in dispatch',
    audience: 'people and culture',
    expected:
      'Weighs a four-day week in dispatch against shifts that must be covered, and proposes a trial with a measure of success.',
  },
  {
    name: 'Heat at work',
    topic: 'heat in the warehouse above 30 degrees',
    audience: 'warehouse leads',
    expected:
      'Says what the employer must do at 26, 30 and 35 degrees in the warehouse, and who decides.',
  },
  {
    name: 'Whistleblowing',
    topic: 'the internal reporting office for whistleblowers',
    expected:
      'Names who may report to the internal reporting office, the deadlines of 7 days and 3 months, and that reprisals are forbidden.',
  },
  {
    name: 'A topic without a decision',
    topic: 'the history of the pallet',
    audience: 'new colleagues',
    expected:
      'Tells the history of the pallet in a few sentences, and says plainly that nothing has to be done.',
  },
  {
    name: 'Two topics at once',
    topic: 'hydrogen trucks, and whether we need a works council',
    expected:
      'Keeps hydrogen trucks and the works council apart, with what is to be done for each, on one page.',
  },
]
