// Goal: who accepts gzip gets the same bytes back, and nobody else gets gzip.
#define BOOST_TEST_DYN_LINK
#include "http/compression.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <zlib.h>

using namespace polar_flow::http;

namespace {

std::string unpacked(const std::string& packed, std::size_t size) {
  constexpr int window_bits_of_gzip = 15 + 16;
  z_stream stream{};
  BOOST_REQUIRE(inflateInit2(&stream, window_bits_of_gzip) == Z_OK);
  std::string text(size + 1, '\0');
  auto input = packed;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  BOOST_TEST(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(compression)

BOOST_AUTO_TEST_CASE(headers_that_allow_gzip) {
  for (const auto* header :
       {"gzip", "GZIP", "deflate, gzip", "gzip;q=0.5", "br;q=1.0, gzip ; q=0.001", "*",
        "deflate;q=0, *;q=0.1", "x-gzip", "identity;q=0,gzip"})
    BOOST_TEST(accepts_gzip(header), header);
}

BOOST_AUTO_TEST_CASE(headers_that_do_not) {
  for (const auto* header : {"", "identity", "deflate, br", "gzip;q=0", "gzip;q=0.000, *", "*;q=0",
                             "gzipped", ",", ";q=1"})
    BOOST_TEST(!accepts_gzip(header), header);
}

BOOST_AUTO_TEST_CASE(the_same_text_comes_back) {
  const auto seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937 numbers{seed};
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{1400}, std::size_t{1'000'000}}) {
    // What cannot be made smaller must fit all the same.
    std::string noise(size, '\0');
    for (auto& c : noise)
      c = static_cast<char>(numbers());
    BOOST_TEST((unpacked(gzip(noise), size) == noise));
    const std::string plain(size, 'a');
    BOOST_TEST((unpacked(gzip(plain), size) == plain));
  }
}

BOOST_AUTO_TEST_CASE(json_becomes_much_smaller) {
  std::string list;
  for (int i = 0; i < 365; ++i)
    list +=
        R"({"date":"2026-01-01","steps":)" + std::to_string(i * 37) + R"(,"distance_km":null},)";
  BOOST_TEST(gzip(list).size() * 5 < list.size());
}

BOOST_AUTO_TEST_SUITE_END()
