/** Whether digits end with the check digit of payment cards. @see https://www.iso.org/standard/70484.html */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (const [index, digit] of Array.from(digits).toReversed().entries()) {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Whether letters and digits are an IBAN by its remainder of 97. @see https://www.iso.org/standard/81090.html */
export function isIban(compact: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(compact)) return false
  let rest = 0
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** Whether eleven digits are a Brazilian CPF. @see https://www.gov.br/receitafederal/pt-br */
export function isCpf(digits: string): boolean {
  return (
    /^(?!(\d)\1{10}$)\d{11}$/.test(digits) &&
    [9, 10].every((length) => checkDigit(digits.slice(0, length), 11) === Number(digits[length]))
  )
}

/** Whether fourteen characters are a Brazilian CNPJ, which may have letters since July 2026. */
export function isCnpj(compact: string): boolean {
  return (
    /^(?!0{14}$)[\dA-Z]{12}\d{2}$/.test(compact) &&
    [12, 13].every((length) => checkDigit(compact.slice(0, length), 9) === Number(compact[length]))
  )
}

/** Whether eight characters and a letter are a Spanish DNI or NIE. */
export function isDni(compact: string): boolean {
  const [, first = '', digits = '', letter] = /^([XYZ\d])(\d{7})([A-Z])$/.exec(compact) ?? []
  const number = Number(first.replace('X', '0').replace('Y', '1').replace('Z', '2') + digits)
  return letter !== undefined && 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === letter
}

/** Weights grow from 2 on the right and start again after `most`. */
function checkDigit(characters: string, most: number): number {
  let sum = 0
  for (const [index, character] of Array.from(characters).toReversed().entries()) {
    sum += (character.charCodeAt(0) - 48) * (2 + (index % (most - 1)))
  }
  const rest = sum % 11
  return rest < 2 ? 0 : 11 - rest
}
