#define BOOST_TEST_DYN_LINK
#include "storage/decode.hpp"
#include "storage/encode.hpp"
#include "tests/storage/store_fixture.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace polar_flow::storage {

namespace {

struct database {
  pqxx::connection connection{testing::test_postgres::instance().maintenance_url()};
  pqxx::nontransaction tx{connection};

  database() {
    tx.exec("SET TimeZone = 'UTC'");
  }

  /// What PostgreSQL gives back for `text` as a value of `type`.
  pqxx::row echo(const std::string& text, const std::string& type) {
    return tx.exec_params1("SELECT $1::text::" + type, text);
  }
};

std::uint64_t announced_seed() {
  const std::uint64_t seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  return seed;
}

/// Any double but NaN, by its bits: tiny, huge, negative zero, infinite.
double random_double(std::mt19937_64& random) {
  while (true) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isnan(value))
      return value;
  }
}

std::string random_text(std::mt19937_64& random) {
  constexpr std::string_view alphabet = "ab\"\\{},' \n\tNULL\xC3\xA4";
  std::string text;
  for (auto length = random() % 12; length > 0; --length)
    text += alphabet[random() % alphabet.size()];
  return sql_text(text);
}

} // namespace

BOOST_AUTO_TEST_SUITE(encode)

BOOST_AUTO_TEST_CASE(doubles_survive_bit_by_bit) {
  database db;
  std::mt19937_64 random{announced_seed()};
  std::vector<double> values{0.1, 1e300, 5e-324, std::numeric_limits<double>::max(), 36.6};
  for (int i = 0; i < 2000; ++i)
    values.push_back(random_double(random));
  const auto row = db.echo(column(values, std::identity{}), "float8[]");
  const auto found = row_reader{row}.next<std::vector<double>>();
  BOOST_REQUIRE_EQUAL(found.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    BOOST_TEST(std::bit_cast<std::uint64_t>(found[i]) == std::bit_cast<std::uint64_t>(values[i]));
}

BOOST_AUTO_TEST_CASE(texts_survive_in_arrays) {
  database db;
  std::mt19937_64 random{announced_seed()};
  std::vector<std::string> values{"", "NULL", "null", "\"", "\\", "{}", "a,b", " padded "};
  for (int i = 0; i < 500; ++i)
    values.push_back(random_text(random));
  const auto text = column(values, std::identity{});
  const auto rows = db.tx.exec_params("SELECT unnest($1::text[])", text);
  BOOST_REQUIRE_EQUAL(rows.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    BOOST_TEST(rows[static_cast<int>(i)][0].as<std::string>() == values[i]);
}

BOOST_AUTO_TEST_CASE(absent_elements_are_null_and_not_the_word) {
  const std::vector<std::optional<std::string>> values{std::nullopt, "NULL", std::nullopt};
  BOOST_TEST(column(values, std::identity{}) == R"({NULL,"NULL",NULL})");
  BOOST_TEST(column(std::vector<int>{}, std::identity{}) == "{}");
}

BOOST_AUTO_TEST_CASE(arrays_nest_as_text) {
  database db;
  const std::vector<std::vector<std::string>> lists{{"a\"b", "c\\d"}, {}, {"{x}"}};
  const auto text = column(lists, [](const auto& list) { return column(list, std::identity{}); });
  const auto rows = db.tx.exec_params("SELECT (list::text[])[1], cardinality(list::text[]) "
                                      "FROM unnest($1::text[]) AS lists (list)",
                                      text);
  BOOST_REQUIRE_EQUAL(rows.size(), 3u);
  BOOST_TEST(rows[0][0].as<std::string>() == "a\"b");
  BOOST_TEST(rows[0][1].as<int>() == 2);
  BOOST_TEST(rows[1][1].as<int>() == 0);
  BOOST_TEST(rows[2][0].as<std::string>() == "{x}");
}

BOOST_AUTO_TEST_CASE(moments_survive_to_the_microsecond) {
  database db;
  std::mt19937_64 random{announced_seed()};
  // Years 1970 to 2285.
  std::uniform_int_distribution<std::int64_t> anywhere{0, 9'999'999'999'999'999};
  for (int i = 0; i < 200; ++i) {
    const instant moment{std::chrono::microseconds{anywhere(random)}};
    const auto row = db.echo(sql_text(moment), "timestamptz");
    BOOST_TEST((row_reader{row}.next<instant>() == moment));
    const local_time reading{moment.time_since_epoch()};
    const auto local_row = db.echo(sql_text(reading), "timestamp");
    BOOST_TEST((row_reader{local_row}.next<local_time>() == reading));
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const auto day_row = db.echo(sql_text(day), "date");
    BOOST_TEST((row_reader{day_row}.next<date>() == day));
  }
}

BOOST_AUTO_TEST_CASE(text_is_made_acceptable) {
  BOOST_TEST(sql_text(std::string_view{"a\0b", 3}) == "ab");
  BOOST_TEST(sql_text("gr\xC3\xBC\xC3\x9F") == "gr\xC3\xBC\xC3\x9F");
  BOOST_TEST(sql_text("\xF0\x9F\x98\x80") == "\xF0\x9F\x98\x80");
  const std::string mark = "\xEF\xBF\xBD";
  BOOST_TEST(sql_text("a\xFF"
                      "b")
             == "a" + mark + "b");
  BOOST_TEST(sql_text("cut\xC3") == "cut" + mark);
  // Overlong slash, surrogate, past the last code point.
  BOOST_TEST(sql_text("\xC0\xAF") == mark + mark);
  BOOST_TEST(sql_text("\xED\xA0\x80") == mark + mark + mark);
  BOOST_TEST(sql_text("\xF4\x90\x80\x80") == mark + mark + mark + mark);
}

BOOST_AUTO_TEST_CASE(any_bytes_become_text_that_postgresql_takes) {
  database db;
  std::mt19937_64 random{announced_seed()};
  for (int i = 0; i < 300; ++i) {
    std::string bytes;
    for (auto length = random() % 20; length > 0; --length)
      bytes += static_cast<char>(random());
    const auto text = sql_text(bytes);
    const auto row = db.echo(text, "text");
    BOOST_TEST(row[0].as<std::string>() == text);
  }
}

BOOST_AUTO_TEST_CASE(unreadable_columns_are_refused) {
  database db;
  const auto reads = [&](const std::string& text, const std::string& type, auto value) {
    const auto row = db.echo(text, type);
    row_reader{row} >> value;
  };
  BOOST_CHECK_THROW(reads("x", "text", std::int32_t{}), pqxx::conversion_error);
  BOOST_CHECK_THROW(reads("12 ", "text", std::int32_t{}), pqxx::conversion_error);
  BOOST_CHECK_THROW(reads("3000000000", "int8", std::int32_t{}), pqxx::conversion_error);
  BOOST_CHECK_THROW(reads("infinity", "timestamptz", instant{}), pqxx::conversion_error);
  BOOST_CHECK_THROW(reads("infinity", "date", date{}), pqxx::conversion_error);
  BOOST_CHECK_THROW(reads("{1,NULL}", "float8[]", std::vector<double>{}), pqxx::conversion_error);
  const auto null_row = db.tx.exec1("SELECT NULL::integer");
  BOOST_CHECK_THROW(row_reader{null_row}.next<std::int32_t>(), pqxx::conversion_error);
  BOOST_TEST(!row_reader{null_row}.next<std::optional<std::int32_t>>().has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
