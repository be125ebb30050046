/** The parts of a JSON Schema that the API uses. */
export interface SchemaNode {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  enum?: readonly unknown[]
  items?: SchemaNode
  properties?: Record<string, SchemaNode>
  required?: readonly string[]
  anyOf?: readonly SchemaNode[]
  allOf?: readonly SchemaNode[]
}

export interface FieldFacts {
  /** Nested fields carry their way: `tokens[].name`. */
  name: string
  type: string
  /** Name of the schema that the type leads to. */
  schema: string | null
  isRequired: boolean
  description: string
  /** The allowed values of a short list. */
  values: readonly string[]
}

/** More values than this are a vocabulary with a page of its own (scopes). */
const VALUES_SHOWN = 20

/** `string | null`, `Token[]` and so on. */
export function typeName(schema: SchemaNode): string {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref
  if (reference) return lastPart(reference)
  if (schema.anyOf) return schema.anyOf.map(typeName).join(' | ')
  const types = [schema.type ?? 'any'].flat()
  return types.map((type) => singleType(type, schema)).join(' | ')
}

function singleType(type: string, schema: SchemaNode): string {
  if (type === 'array') return `${typeName(schema.items ?? {})}[]`
  if (type === 'string' && isVocabulary(schema)) return 'Scope'
  return type === 'string' && schema.format ? schema.format : type
}

function isVocabulary(schema: SchemaNode): boolean {
  return (schema.enum?.length ?? 0) > VALUES_SHOWN
}

/** The fields of an object, those of nested objects after their parent. */
export function fieldsOf(schema: SchemaNode, way = ''): FieldFacts[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const name = `${way}${key}`
    const nested = [field.type ?? ''].flat().includes('array') ? field.items : field
    return [
      {
        name,
        type: typeName(field),
        schema: linkedSchema(field),
        isRequired: required.has(key),
        description: field.description ?? '',
        values: valuesOf(field),
      },
      ...(nested?.properties ? fieldsOf(nested, `${name}${nested === field ? '' : '[]'}.`) : []),
    ]
  })
}

function linkedSchema(field: SchemaNode): string | null {
  const reference = field.$ref ?? field.items?.$ref ?? field.allOf?.[0]?.$ref
  if (reference) return lastPart(reference)
  return isVocabulary(field) || (field.items && isVocabulary(field.items)) ? 'Scope' : null
}

function valuesOf(field: SchemaNode): string[] {
  const values = field.enum ?? field.items?.enum ?? []
  return values.length > VALUES_SHOWN ? [] : values.filter((value) => value !== null).map(String)
}

function lastPart(reference: string): string {
  return reference.split('/').at(-1) ?? reference
}
