#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace polar_flow::testing {

/// What is wrong with `value` by `schema`, each with the place, such as `$.rows[3].day: no date`.
/// Understood are the words that the server's own document uses: $ref (into `document`), type (also
/// a list), enum, anyOf, properties, required, additionalProperties, items, minimum, maximum, and
/// the formats date, date-time and uuid. Any other word is a problem itself.
std::vector<std::string> schema_problems(const boost::json::value& value,
                                         const boost::json::value& schema,
                                         const boost::json::value& document);

} // namespace polar_flow::testing
