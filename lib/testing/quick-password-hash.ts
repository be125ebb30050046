import bcrypt from 'bcryptjs'

/** The lowest cost that bcrypt knows. */
const COST = 4

/**
 * A hash whose check takes a millisecond, for people whom a test makes: comparing costs what the stored hash
 * asks for, a third of a second in the product. What the product stores is tested with its own hashes.
 */
export const quickPasswordHash = (password: string): string => bcrypt.hashSync(password, COST)
