# Turns queries/*.sql and migrations/*.sql into C++ constants. A file is a statement, its name the
# constant, the prepared name and what logs say.
# Arguments: SOURCE_DIR (this folder), OUTPUT_DIR (where statements.hpp and .cpp go).

# A raw string ends at this mark, so no SQL file may contain it.
set(delimiter "polar_sql")

function(raw_string_of path result)
  file(READ ${path} text)
  string(FIND "${text}" ")${delimiter}\"" position)
  if(NOT position EQUAL -1)
    message(FATAL_ERROR "${path} contains the end mark of its own string constant")
  endif()
  set(${result} "R\"${delimiter}(${text})${delimiter}\"" PARENT_SCOPE)
endfunction()

# Leaves an unchanged file alone, so that nothing is compiled again for it.
function(write_if_different path content)
  set(old "")
  if(EXISTS ${path})
    file(READ ${path} old)
  endif()
  if(NOT old STREQUAL content)
    file(WRITE ${path} "${content}")
  endif()
endfunction()

set(declarations "")
set(definitions "")
file(GLOB queries ${SOURCE_DIR}/queries/*.sql)
list(SORT queries)
foreach(path ${queries})
  get_filename_component(name ${path} NAME_WE)
  if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
    message(FATAL_ERROR "${path}: a statement's name is snake_case")
  endif()
  raw_string_of(${path} text)
  string(APPEND declarations "extern const statement ${name};\n")
  string(APPEND definitions "const statement ${name}{\"${name}\", ${text}};\n\n")
endforeach()

set(migrations "")
set(expected 1)
file(GLOB paths ${SOURCE_DIR}/migrations/*.sql)
list(SORT paths)
foreach(path ${paths})
  get_filename_component(name ${path} NAME_WE)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
    message(FATAL_ERROR "${path}: a migration is called NNNN_what_it_does.sql")
  endif()
  math(EXPR version "1${CMAKE_MATCH_1} - 10000")
  if(NOT version EQUAL expected)
    message(FATAL_ERROR "${path}: migration ${expected} is missing or there twice")
  endif()
  math(EXPR expected "${expected} + 1")
  raw_string_of(${path} text)
  string(APPEND migrations "  {${version}, \"${name}\", ${text}},\n")
endforeach()

write_if_different(${OUTPUT_DIR}/statements.hpp
"// Made from storage/queries and storage/migrations by embed_sql.cmake.
#pragma once

#include \"storage/statement.hpp\"

#include <span>

namespace polar_flow::storage {

namespace statements {

${declarations}
} // namespace statements

/// In the order in which they are applied.
std::span<const migration> all_migrations();

} // namespace polar_flow::storage
")

write_if_different(${OUTPUT_DIR}/statements.cpp
"// Made from storage/queries and storage/migrations by embed_sql.cmake.
#include \"storage/statements.hpp\"

namespace polar_flow::storage {

namespace statements {

${definitions}} // namespace statements

namespace {

const migration migrations[] = {
${migrations}};

} // namespace

std::span<const migration> all_migrations() {
  return migrations;
}

} // namespace polar_flow::storage
")
