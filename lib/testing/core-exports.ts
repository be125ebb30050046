import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'

const ROOT = resolve(import.meta.dirname, '../..')

export interface ExportedFunction {
  /** Relative to the repository. */
  file: string
  name: string
}

/** Every exported function of the core's features with a parameter of type `Context`. */
export function exportedFunctionsOfContext(): ExportedFunction[] {
  return featureFolders()
    .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|-fixture\.ts$/.test(file))
    .flatMap((file) => namesIn(file).map((name) => ({ file, name })))
}

function featureFolders(): string[] {
  return readdirSync(join(ROOT, 'lib'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
    .map((entry) => `lib/${entry.name}`)
}

function namesIn(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  return source.statements.filter(isExported).flatMap(functionsOf)
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  )
}

function functionsOf(statement: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(statement)) {
    return takesContext(statement) ? [statement.name?.text ?? 'default'] : []
  }
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    initializer &&
    (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) &&
    takesContext(initializer)
      ? [name.getText()]
      : [],
  )
}

function takesContext(declaration: ts.SignatureDeclaration): boolean {
  return declaration.parameters.some((parameter) =>
    /\bContext\b/.test(parameter.type?.getText() ?? ''),
  )
}
