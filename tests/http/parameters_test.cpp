#define BOOST_TEST_DYN_LINK
#include "http/parameters.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace polar_flow::http;

BOOST_AUTO_TEST_SUITE(parameters)

BOOST_AUTO_TEST_CASE(targets_are_split) {
  BOOST_TEST(split_target("/a/b?c=d?e").path == "/a/b");
  BOOST_TEST(split_target("/a/b?c=d?e").query == "c=d?e");
  BOOST_TEST(split_target("/a").query.empty());
  BOOST_TEST(split_target("http://host:80/a?b").path == "/a");
  BOOST_TEST(split_target("http://host?b").query == "b");
  BOOST_TEST(split_target("http://host").path == "/");
  BOOST_TEST(split_target("/go?to=http://x/y").path == "/go");
  BOOST_TEST(split_target("/a?b#c").query == "b");
}

BOOST_AUTO_TEST_CASE(percent_encoding) {
  const auto strict = [](std::string_view text) {
    return percent_decoded(text, plus_sign::is_plus, bad_percent::refuse);
  };
  BOOST_TEST(strict("a%20b%2Fc+").value() == "a b/c+");
  BOOST_TEST(strict("%e4%B8").value() == "\xE4\xB8");
  for (const auto* broken : {"%", "%1", "a%zz", "%4g", "%%41"})
    BOOST_TEST(!strict(broken).has_value(), broken);
  BOOST_TEST(percent_decoded("%zz+%41", plus_sign::is_blank, bad_percent::keep).value() == "%zz A");
}

BOOST_AUTO_TEST_CASE(queries) {
  BOOST_TEST(query_value("days=7", "days").value() == "7");
  BOOST_TEST(query_value("days=7&days=8", "days").value() == "8"); // the last one wins
  BOOST_TEST(query_value("Days=7&x", "x").value().empty());
  BOOST_TEST(!query_value("Days=7", "days").has_value()); // names are case-sensitive
  BOOST_TEST(query_value("%64ays=1%30", "days").value() == "10");
  BOOST_TEST(query_value("&&days=&", "days").value().empty());
  BOOST_TEST(query_value("a=b=c", "a").value() == "b=c");
  BOOST_TEST(!query_value("", "days").has_value());
}

// Contract 1.6: a JSON number with integral value.
BOOST_AUTO_TEST_CASE(integral_numbers) {
  BOOST_TEST(parse_integral_number("30").value() == 30);
  BOOST_TEST(parse_integral_number("7.0").value() == 7);
  BOOST_TEST(parse_integral_number("1e1").value() == 10);
  BOOST_TEST(parse_integral_number("1E+1").value() == 10);
  BOOST_TEST(parse_integral_number("100e-1").value() == 10);
  BOOST_TEST(parse_integral_number("-0").value() == 0);
  BOOST_TEST(parse_integral_number("-3").value() == -3);
  BOOST_TEST(parse_integral_number("1e400").value() == std::numeric_limits<std::int64_t>::max());
  BOOST_TEST(parse_integral_number("-1e400").value() == std::numeric_limits<std::int64_t>::min());
  BOOST_TEST(parse_integral_number("99999999999999999999").value()
             == std::numeric_limits<std::int64_t>::max());
  for (const auto* refused : {"", "07", "+7", " 7", "7 ", "1.5", "abc", "1.", ".5", "1e", "1e+",
                              "-", "--1", "0x10", "1_0", "NaN", "Infinity", "1e-400", "٣"})
    BOOST_TEST(!parse_integral_number(refused).has_value(), "'" << refused << "'");
}

// Contract 1.8: the form first, then the calendar, and what is wrong is named.
BOOST_AUTO_TEST_CASE(dates_in_paths) {
  constexpr parameter declared{.name = "date",
                               .source = parameter_source::path,
                               .type = parameter_type::date,
                               .need = presence::required};
  request message;
  message.method = http_method::get;
  message.target = "/x";
  const auto leap_day = read_date(message, declared, "2024-02-29");
  BOOST_REQUIRE(leap_day.has_value());
  BOOST_TEST((*leap_day == polar_flow::parse_date("2024-02-29")));
  const auto refusal = [&](std::string_view text) {
    const auto day = read_date(message, declared, text);
    BOOST_REQUIRE(!day.has_value());
    BOOST_TEST(day.error().status == 400);
    return *day.error().body;
  };
  BOOST_TEST(refusal("2023-02-29")
             == R"({"status_code":400,"detail":"Validation failed for GET /x","extra":[{)"
                R"("message":"Invalid date value '2023-02-29'","key":"date","source":"path"}]})");
  for (const auto* text :
       {"", "2023-02-2", "2023-02-290", "2023/02/20", "abcd-ef-gh", "２023-02-2"})
    BOOST_TEST(refusal(text).find(R"(regex '^\\d{4}-\\d{2}-\\d{2}$')") != std::string::npos, text);
}

BOOST_AUTO_TEST_SUITE_END()
