package dev.kstack.checks.export;

import dev.kstack.checks.explore.StateGraph;
import dev.kstack.checks.explore.StateGraph.Edge;
import dev.kstack.checks.trace.LastState;
import dev.kstack.spec.Property;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A state graph in GraphML 1.0 (http://graphml.graphdrawing.org), which Gephi, yEd and Cytoscape
 * read. Of a state it has the words that are not at rest, and the properties that are violated or
 * reached there; of a step who takes it, its operations, and the same.
 */
public final class GraphMl {
  private static final String NAMESPACE = "http://graphml.graphdrawing.org/xmlns";

  private final XMLStreamWriter xml;

  private GraphMl(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** The graph. */
  public static String of(StateGraph graph) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter writer = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      new GraphMl(writer).write(graph);
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text + "\n";
  }

  private void write(StateGraph graph) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("graphml");
    xml.writeDefaultNamespace(NAMESPACE);
    key("words", "node");
    key("properties", "all");
    key("context", "edge");
    key("operations", "edge");
    line(1);
    xml.writeStartElement("graph");
    xml.writeAttribute("edgedefault", "directed");
    for (int i = 0; i < graph.states().size(); i++) {
      line(2);
      xml.writeStartElement("node");
      xml.writeAttribute("id", "s" + i);
      data("words", String.join("\n", LastState.lines(graph.states().get(i).words())));
      properties(graph.states().get(i).raised());
      xml.writeEndElement();
    }
    for (Edge edge : graph.edges()) {
      line(2);
      xml.writeStartElement("edge");
      xml.writeAttribute("source", "s" + edge.from());
      xml.writeAttribute("target", "s" + edge.to());
      data("context", edge.process());
      data("operations", String.join("\n", edge.operations()));
      properties(edge.raised());
      xml.writeEndElement();
    }
    line(1);
    xml.writeEndElement();
    line(0);
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void key(String name, String of) throws XMLStreamException {
    line(1);
    xml.writeEmptyElement("key");
    xml.writeAttribute("id", name);
    xml.writeAttribute("for", of);
    xml.writeAttribute("attr.name", name);
    xml.writeAttribute("attr.type", "string");
  }

  private void properties(List<Property> raised) throws XMLStreamException {
    if (!raised.isEmpty()) {
      data("properties", String.join(" ", raised.stream().map(Property::name).toList()));
    }
  }

  private void data(String key, String value) throws XMLStreamException {
    xml.writeStartElement("data");
    xml.writeAttribute("key", key);
    xml.writeCharacters(value);
    xml.writeEndElement();
  }

  private void line(int indent) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(indent));
  }
}
