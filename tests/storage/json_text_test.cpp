#define BOOST_TEST_DYN_LINK
#include "storage/json_text.hpp"
#include "tests/storage/store_fixture.hpp"

#include <limits>

namespace polar_flow::storage {

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(commas_are_where_they_belong) {
  json_text json;
  json.begin_object().member("a", 1).key("list").begin_array();
  json.value(1.5).value(true).value("x").begin_object().end_object().end_array();
  json.member("none", std::optional<int>{}).member("some", std::optional<int>{7}).end_object();
  BOOST_TEST(std::move(json).finish()
             == R"({"a":1,"list":[1.5,true,"x",{}],"none":null,"some":7})");
}

BOOST_AUTO_TEST_CASE(text_that_looks_like_syntax_changes_nothing) {
  json_text json;
  json.begin_array().value("{").value("[").value(":").value("\"\\\n\x01").end_array();
  BOOST_TEST(std::move(json).finish() == R"(["{","[",":","\"\\\u000a\u0001"])");
}

BOOST_AUTO_TEST_CASE(what_json_cannot_say_is_null) {
  json_text json;
  json.begin_array()
      .value(std::numeric_limits<double>::infinity())
      .value(std::numeric_limits<double>::quiet_NaN())
      .end_array();
  BOOST_TEST(std::move(json).finish() == "[null,null]");
}

BOOST_AUTO_TEST_CASE(postgresql_reads_back_text_and_numbers) {
  const std::string text = "quote \" backslash \\ line \n tab \t \xC3\xA4 \x7F";
  json_text json;
  json.begin_array().value(text).value(0.1).value(1e-300).end_array();
  const auto document = std::move(json).finish();
  pqxx::connection connection{testing::test_postgres::instance().maintenance_url()};
  pqxx::nontransaction tx{connection};
  const auto row = tx.exec_params1("SELECT $1::jsonb ->> 0, ($1::jsonb ->> 1)::float8, "
                                   "($1::jsonb ->> 2)::float8",
                                   document);
  BOOST_TEST(row[0].as<std::string>() == text);
  BOOST_TEST(row[1].as<double>() == 0.1);
  BOOST_TEST(row[2].as<double>() == 1e-300);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
