#define BOOST_TEST_DYN_LINK
#include "http/protocol.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

using namespace polar_flow;
using namespace polar_flow::http;

namespace {

namespace beast = boost::beast;
using beast::http::field;

beast::http::request_header<> make_head(unsigned version = 11) {
  beast::http::request_header<> head;
  head.version(version);
  head.method(beast::http::verb::get);
  head.target("/health");
  head.set(field::host, "a");
  return head;
}

/// Status of the refusal; 0 when there is none.
int status_for(const beast::http::request_header<>& head) {
  const auto failure = check_head(head);
  return failure ? failure->status : 0;
}

int status_with_codings(const std::vector<std::string>& values, unsigned version = 11) {
  auto head = make_head(version);
  for (const auto& value : values)
    head.insert(field::transfer_encoding, value);
  return status_for(head);
}

} // namespace

BOOST_AUTO_TEST_SUITE(protocol)

BOOST_AUTO_TEST_CASE(a_host_is_needed_once) {
  BOOST_TEST(status_for(make_head()) == 0);
  auto without = make_head();
  without.erase(field::host);
  BOOST_TEST(status_for(without) == 400);
  auto twice = make_head();
  twice.insert(field::host, "b");
  BOOST_TEST(status_for(twice) == 400);
  without.version(10);
  BOOST_TEST(status_for(without) == 0);
}

BOOST_AUTO_TEST_CASE(targets) {
  auto head = make_head();
  for (const auto* target : {"/", "/a?b", "http://host/a"}) {
    head.target(target);
    BOOST_TEST(status_for(head) == 0, target);
  }
  for (const auto* target : {"health", "*", "host:80"}) {
    head.target(target);
    BOOST_TEST(status_for(head) == 400, target);
  }
}

BOOST_AUTO_TEST_CASE(expectations) {
  auto head = make_head();
  head.set(field::expect, "100-Continue");
  BOOST_TEST(status_for(head) == 0);
  head.set(field::expect, "tea");
  BOOST_TEST(status_for(head) == 417);
}

// RFC 9112, section 6: whoever is in front of us may see the end of the body elsewhere.
BOOST_AUTO_TEST_CASE(only_chunked_is_a_transfer_coding) {
  for (const auto* value : {"chunked", "Chunked", "CHUNKED"})
    BOOST_TEST(status_with_codings({value}) == 0, value);
  for (const auto* value :
       {"", "xchunked", "chunkedx", "smoke", "identity", "gzip", "\"chunked\"", "chunked;q=1",
        "chunked,", ",chunked", "chunked chunked", "chunked, identity", "chunked, chunked",
        "identity, chunked, chunked", "chunked, gzip, chunked", "xchunked, chunked"})
    BOOST_TEST(status_with_codings({value}) == 400, value);
  for (const auto* value : {"gzip, chunked", "gzip,Chunked", "deflate ,\tchunked", "a,b,chunked"})
    BOOST_TEST(status_with_codings({value}) == 501, value);
}

BOOST_AUTO_TEST_CASE(a_transfer_coding_is_said_once_and_not_by_old_clients) {
  for (const auto& values : std::initializer_list<std::vector<std::string>>{
           {"chunked", "chunked"}, {"identity", "chunked"}, {"chunked", "identity"}})
    BOOST_TEST(status_with_codings(values) == 400, values[0] << " and " << values[1]);
  BOOST_TEST(status_with_codings({"chunked"}, 10) == 400);
  BOOST_TEST(status_with_codings({"gzip, chunked"}, 10) == 400);
}

BOOST_AUTO_TEST_CASE(what_the_parser_says) {
  BOOST_TEST(describe(beast::http::error::header_limit).status == 431);
  BOOST_TEST(describe(beast::http::error::buffer_overflow).status == 431);
  BOOST_TEST(describe(beast::http::error::body_limit).status == 413);
  BOOST_TEST(describe(beast::http::error::bad_method).status == 400);
  const auto full = describe(make_error_code(boost::system::errc::no_space_on_device));
  BOOST_TEST(full.status == 503);
  BOOST_TEST((full.code == polar_flow::errc::storage_unavailable));
}

BOOST_AUTO_TEST_SUITE_END()
