// Reads OpenAPI documents, in JSON or YAML, and fails when the specification does not allow one.
import { Validator } from "@seriousme/openapi-schema-validator";

for (const file of process.argv.slice(2)) {
  const validator = new Validator();
  const result = await validator.validate(file);
  if (!result.valid) {
    console.error(`${file}:`, JSON.stringify(result.errors, null, 2));
    process.exit(1);
  }
  const operations = Object.values(validator.specification.paths).flatMap(Object.keys).length;
  console.log(`openapi: ${operations} operations, version ${validator.version}`);
}
